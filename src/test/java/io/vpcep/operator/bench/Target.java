package io.vpcep.operator.bench;

/**
 * What was measured beside what is wanted.
 *
 * @param most wanted is at most {@code bound}, else at least
 */
record Target(String what, double measured, boolean most, double bound, String unit) {

  static Target atMost(String what, double measured, double bound, String unit) {
    return new Target(what, measured, true, bound, unit);
  }

  static Target atLeast(String what, double measured, double bound, String unit) {
    return new Target(what, measured, false, bound, unit);
  }

  boolean isMet() {
    return most ? measured <= bound : measured >= bound;
  }

  String wanted() {
    return (most ? "≤ " : "≥ ") + Table.number(bound) + " " + unit;
  }
}
