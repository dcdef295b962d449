package io.vpcep.operator.sync;

/**
 * A mirrored service that complete listings lack.
 *
 * @param listings how many of them in a row, counted by this process; 0: none yet
 * @param fate what asking the cloud for it by its id showed
 * @param held a former process would have pruned it, and its guard did not let it
 */
public record Missing(int listings, Fate fate, boolean held) {

  /** What became of a service that a complete listing lacks. */
  public enum Fate {
    /** It was not asked for, or there was no answer that proves anything. */
    UNKNOWN,
    /** The cloud does not have it any more. */
    GONE,
    /** The cloud has it, and the project's query leaves it out. */
    OUT_OF_QUERY
  }

  private static final Missing NEVER = new Missing(0, Fate.UNKNOWN, false);

  /** What a former process left to be remembered: that its guard held the service. */
  public static Missing heldBefore() {
    return new Missing(0, Fate.UNKNOWN, true);
  }

  /** What is known of a service that {@code before} may say something of; null: nothing. */
  static Missing orNever(Missing before) {
    return before == null ? NEVER : before;
  }

  /** The same after one more complete listing that lacks it. */
  Missing again() {
    return new Missing(listings + 1, fate, held);
  }

  /** The same after it was asked for. */
  Missing with(Fate found) {
    return new Missing(listings, found, held);
  }

  /** True where there is something to remember. */
  boolean isKnown() {
    return listings > 0 || held;
  }
}
