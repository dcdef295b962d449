package io.vpcep.operator.sync;

/**
 * Whether a listing proved that it lacks nothing. It does when its ids are unique, their number
 * equals {@code total_count}, and {@code total_count} was the same on every page. Only a complete
 * listing says anything about a service that it does not show.
 */
public sealed interface Completeness {

  /** Proven. */
  record Complete() implements Completeness {}

  /**
   * Not proven.
   *
   * @param why a clause for people, such as {@code total_count is 100, but the pages held 1
   *     service}
   */
  record Incomplete(String why) implements Completeness {}
}
