package io.vpcep.operator.simulator;

/** What becomes of a request: an {@link Answer}, or {@link Silence} while a project hangs. */
sealed interface Outcome permits Answer, Outcome.Silence {
  /**
   * No answer.
   *
   * @param project the project that hangs
   */
  record Silence(Project project) implements Outcome {}
}
