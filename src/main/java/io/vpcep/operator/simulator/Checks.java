package io.vpcep.operator.simulator;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with options, so that it is said at once. */
final class Checks {
  private final List<String> problems = new ArrayList<>();

  /** Notes a problem, one line that names the option and the remedy, where {@code holds} is not. */
  Checks expect(boolean holds, String otherwise) {
    if (!holds) {
      problems.add(otherwise);
    }
    return this;
  }

  /**
   * Ends the checks.
   *
   * @throws IllegalArgumentException naming every problem, one a line
   */
  void done() {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }
}
