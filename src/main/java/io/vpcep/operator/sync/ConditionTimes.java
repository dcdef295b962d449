package io.vpcep.operator.sync;

import io.vpcep.operator.crd.Condition;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * Since when the conditions of a mirrored service have their status: what has to be remembered of
 * them to write the next ones.
 *
 * @param ready the status of {@code Ready}, or null
 * @param readySince seconds since 1970; 0: not known
 * @param reconcilingSince the same of a {@code Reconciling} that is True; 0: it is not
 * @param stalledSince the same of a {@code Stalled} that is True; 0: it is not
 */
public record ConditionTimes(
    String ready, long readySince, long reconcilingSince, long stalledSince) {
  static final ConditionTimes NONE = new ConditionTimes(null, 0, 0, 0);

  /** Reads the times from conditions, which may be null or hold anything. */
  static ConditionTimes of(List<Condition> conditions) {
    if (conditions == null) {
      return NONE;
    }
    String ready = null;
    long readySince = 0;
    long reconcilingSince = 0;
    long stalledSince = 0;
    for (Condition condition : conditions) {
      if (condition == null || condition.type() == null) {
        continue;
      }
      boolean isTrue = Condition.TRUE.equals(condition.status());
      switch (condition.type()) {
        case Condition.READY -> {
          ready = canonical(condition.status());
          readySince = since(condition);
        }
        case Condition.RECONCILING -> reconcilingSince = isTrue ? since(condition) : 0;
        case Condition.STALLED -> stalledSince = isTrue ? since(condition) : 0;
        default -> {
          // Not ours: it goes with the next status that is written.
        }
      }
    }
    return new ConditionTimes(ready, readySince, reconcilingSince, stalledSince);
  }

  /** One string object for all services: there may be a hundred thousand of them. */
  private static String canonical(String status) {
    return status == null ? null : status.intern();
  }

  private static long since(Condition condition) {
    try {
      String time = condition.lastTransitionTime();
      return time == null ? 0 : Instant.parse(time).getEpochSecond();
    } catch (DateTimeException e) {
      return 0;
    }
  }
}
