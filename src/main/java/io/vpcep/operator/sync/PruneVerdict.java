package io.vpcep.operator.sync;

/** What the guard says to the prunes of a plan. */
public sealed interface PruneVerdict {

  /** They may go ahead, if there are any. */
  record Allowed() implements PruneVerdict {}

  /**
   * None may: too many at once.
   *
   * @param candidates services that would go
   * @param limit how many may go at once
   */
  record Blocked(int candidates, long limit) implements PruneVerdict {}

  /**
   * They may, because a person said so, once.
   *
   * @param confirmation the value of the annotation, which is used up by this
   */
  record Confirmed(String confirmation) implements PruneVerdict {}

  /**
   * Judges {@code candidates} services that would go of {@code mirrored}.
   *
   * @param confirmation the value of the annotation that was not used up yet, or null; anything but
   *     a number confirms nothing
   */
  static PruneVerdict judge(int candidates, int mirrored, PruneRules rules, String confirmation) {
    long limit = rules.limit(mirrored);
    if (candidates <= limit) {
      return new Allowed();
    }
    boolean confirmed =
        confirmation != null
            && confirmation.matches("[0-9]{1,9}")
            && candidates <= Integer.parseInt(confirmation);
    return confirmed ? new Confirmed(confirmation) : new Blocked(candidates, limit);
  }
}
