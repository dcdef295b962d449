package io.vpcep.operator.controller;

import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.FailureReason.Recovery;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The conditions of a project, as kstatus reads them: Ready always, Reconciling while the operator
 * goes on trying, Stalled while a person is needed. Computed in full from what happened; {@code
 * lastTransitionTime} is kept where a status stays.
 */
final class ProjectConditions {
  static final String SYNCED = "Synced";
  static final String SYNCING = "Syncing";

  private final List<Condition> before;
  private final Long generation;
  private final Instant now;

  /**
   * @param before the conditions so far, never null
   * @param generation the metadata.generation that was acted on
   */
  ProjectConditions(List<Condition> before, Long generation, Instant now) {
    this.before = before;
    this.generation = generation;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  List<Condition> synced() {
    String message = "The last listing was complete and is mirrored.";
    return List.of(condition(Condition.READY, Condition.TRUE, SYNCED, message));
  }

  List<Condition> syncing() {
    String message = "The services are being listed for the first time with this spec.";
    return List.of(
        condition(Condition.READY, Condition.UNKNOWN, SYNCING, message),
        condition(Condition.RECONCILING, Condition.TRUE, SYNCING, message));
  }

  List<Condition> failed(FailureReason reason, String message) {
    List<Condition> conditions = new ArrayList<>(2);
    conditions.add(condition(Condition.READY, Condition.FALSE, reason.constant(), message));
    boolean needsPerson = reason.recovery() == Recovery.BY_A_PERSON;
    conditions.add(
        condition(
            needsPerson ? Condition.STALLED : Condition.RECONCILING,
            Condition.TRUE,
            reason.constant(),
            message));
    return conditions;
  }

  /** The same conditions, said to be of the present generation. */
  List<Condition> unchanged() {
    return before.stream().map(condition -> condition.of(generation)).toList();
  }

  private Condition condition(String type, String status, String reason, String message) {
    String since =
        before.stream()
            .filter(condition -> type.equals(condition.type()))
            .filter(condition -> status.equals(condition.status()))
            .map(Condition::lastTransitionTime)
            .filter(time -> time != null)
            .findFirst()
            .orElse(now.toString());
    return new Condition(type, status, generation, since, reason, message);
  }

  /** The Ready condition among {@code conditions}, or null. */
  static Condition ready(List<Condition> conditions) {
    return conditions.stream()
        .filter(condition -> Condition.READY.equals(condition.type()))
        .findFirst()
        .orElse(null);
  }
}
