package io.vpcep.operator.config;

import java.util.List;

/** Settings that make no sense, with every problem at once. */
public final class InvalidSettings extends Exception {
  private final transient List<String> problems;

  InvalidSettings(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line each: name of the setting, offending value, remedy. Never empty. */
  public List<String> problems() {
    return problems;
  }
}
