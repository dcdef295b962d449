package io.vpcep.operator.simulator;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A fault that is there from the start.
 *
 * @param fault what goes wrong
 * @param projectId the project where it does; absent: all of them
 */
public record PlannedFault(Fault fault, Optional<String> projectId) {

  /**
   * Reads a fault.
   *
   * @param text {@link Fault#optionName()}, and optionally a colon and a project id
   * @throws IllegalArgumentException naming the option and the remedy
   */
  public static PlannedFault parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    Fault fault =
        Arrays.stream(Fault.values())
            .filter(it -> it.optionName().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
    return new PlannedFault(
        fault, colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1)));
  }

  private static String unknown(String name) {
    String names =
        Arrays.stream(Fault.values())
            .filter(it -> it != Fault.NONE)
            .map(Fault::optionName)
            .collect(Collectors.joining(", "));
    return "--fault is \"" + name + "\": write one of " + names;
  }
}
