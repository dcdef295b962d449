package io.vpcep.operator.simulator;

/**
 * What becomes of a request: an {@link Answer}, a {@link Trickle} of one while a project is slow,
 * or {@link Silence} while it hangs.
 */
sealed interface Outcome permits Answer, Outcome.Trickle, Outcome.Silence {
  /**
   * An answer whose bytes come few at a time.
   *
   * @param project the project that is slow
   */
  record Trickle(Answer answer, Project project) implements Outcome {}

  /**
   * No answer.
   *
   * @param project the project that hangs
   */
  record Silence(Project project) implements Outcome {}
}
