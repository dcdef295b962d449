package io.vpcep.operator.sync;

import io.vpcep.operator.crd.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The conditions of a mirrored service, as kstatus reads them. */
public final class ServiceConditions {
  private ServiceConditions() {}

  /**
   * The conditions of a service in {@code phase}: {@code Ready}, and beside it {@code Reconciling}
   * or {@code Stalled} where the phase says so. {@code lastTransitionTime} is kept where the status
   * stays.
   *
   * @param before the conditions so far, or null
   */
  public static List<Condition> of(
      ServicePhase phase, String message, List<Condition> before, Instant now) {
    return of(phase, message, ConditionTimes.of(before), now);
  }

  static List<Condition> of(
      ServicePhase phase, String message, ConditionTimes before, Instant now) {
    List<Condition> conditions = new ArrayList<>(2);
    long readySince = phase.ready().equals(before.ready()) ? before.readySince() : 0;
    conditions.add(
        condition(Condition.READY, phase.ready(), phase, message, orNow(readySince, now)));
    if (phase.companion() != null) {
      long since =
          phase.companion().equals(Condition.STALLED)
              ? before.stalledSince()
              : before.reconcilingSince();
      conditions.add(
          condition(phase.companion(), Condition.TRUE, phase, message, orNow(since, now)));
    }
    return conditions;
  }

  private static Condition condition(
      String type, String status, ServicePhase phase, String message, Instant since) {
    return new Condition(type, status, null, since.toString(), phase.reason(), message);
  }

  private static Instant orNow(long epochSecond, Instant now) {
    return Instant.ofEpochSecond(epochSecond == 0 ? now.getEpochSecond() : epochSecond);
  }

  /**
   * {@code wanted}, with the times of those conditions that were there before with the same status:
   * for a write on top of something that nobody had seen when the write was planned.
   */
  public static List<Condition> keepingTimes(List<Condition> wanted, List<Condition> before) {
    return wanted.stream().map(condition -> keepingTime(condition, before)).toList();
  }

  private static Condition keepingTime(Condition wanted, List<Condition> before) {
    return before == null
        ? wanted
        : before.stream()
            .filter(earlier -> earlier != null && wanted.type().equals(earlier.type()))
            .filter(earlier -> wanted.status().equals(earlier.status()))
            .filter(earlier -> earlier.lastTransitionTime() != null)
            .findFirst()
            .map(earlier -> wanted.since(earlier.lastTransitionTime()))
            .orElse(wanted);
  }
}
