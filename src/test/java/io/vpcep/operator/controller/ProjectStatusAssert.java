package io.vpcep.operator.controller;

import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.AbstractAssert;

/** What readers of a status rely on. */
final class ProjectStatusAssert
    extends AbstractAssert<ProjectStatusAssert, VpcEndpointProjectStatus> {
  private static final Set<String> STATUSES =
      Set.of(Condition.TRUE, Condition.FALSE, Condition.UNKNOWN);

  private ProjectStatusAssert(VpcEndpointProjectStatus actual) {
    super(actual, ProjectStatusAssert.class);
  }

  static ProjectStatusAssert assertThat(VpcEndpointProjectStatus actual) {
    return new ProjectStatusAssert(actual);
  }

  /** Checks the table of the conditions: Ready, and which other one is there beside it. */
  ProjectStatusAssert hasReady(String status, String reason, String companion) {
    isNotNull();
    List<String> present =
        actual.conditions().stream()
            .map(c -> c.type() + "=" + c.status() + " " + c.reason())
            .toList();
    List<String> wanted = new ArrayList<>(List.of("Ready=" + status + " " + reason));
    if (companion != null) {
      wanted.add(companion + "=True " + reason);
    }
    if (!present.equals(wanted)) {
      failWithMessage("Expected conditions %s but they are %s", wanted, actual.conditions());
    }
    return this;
  }

  ProjectStatusAssert isSynced() {
    return hasReady(Condition.TRUE, "Synced", null);
  }

  ProjectStatusAssert isStalled(String reason) {
    return hasReady(Condition.FALSE, reason, Condition.STALLED);
  }

  ProjectStatusAssert isRetrying(String reason) {
    return hasReady(Condition.FALSE, reason, Condition.RECONCILING);
  }

  /** Checks the rules that Flux's condition checker has, and kstatus's own. */
  ProjectStatusAssert isClean(Instant now) {
    isNotNull();
    Condition ready = find(Condition.READY);
    boolean reconciling = find(Condition.RECONCILING) != null;
    boolean stalled = find(Condition.STALLED) != null;
    check(!(reconciling && stalled), "Reconciling and Stalled are both there");
    check(
        ready == null || !Condition.TRUE.equals(ready.status()) || !(reconciling || stalled),
        "Ready is True beside Reconciling or Stalled");
    check(ready != null || !(reconciling || stalled), "Ready is missing");
    check(
        actual.conditions().stream().map(Condition::type).distinct().count()
            == actual.conditions().size(),
        "a type is there twice");
    actual.conditions().forEach(condition -> isClean(condition, now));
    return this;
  }

  private void isClean(Condition condition, Instant now) {
    String type = condition.type();
    boolean negative = !Condition.READY.equals(type);
    check(STATUSES.contains(condition.status()), type + " has an unknown status");
    check(
        !negative || Condition.TRUE.equals(condition.status()),
        type + " has to be absent where it is not True");
    check(
        condition.observedGeneration() != null
            && Objects.equals(condition.observedGeneration(), actual.observedGeneration()),
        type + " is of another generation than the status");
    check(
        condition.reason() != null && condition.reason().matches("[A-Z][A-Za-z]+"),
        type + " has a reason that is not CamelCase");
    check(condition.message() != null && !condition.message().isBlank(), type + " has no message");
    check(isTimeBefore(condition.lastTransitionTime(), now), type + " has no valid time");
  }

  private static boolean isTimeBefore(String time, Instant now) {
    try {
      return time != null
          && time.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ")
          && !Instant.parse(time).isAfter(now);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private Condition find(String type) {
    return actual.conditions().stream()
        .filter(condition -> type.equals(condition.type()))
        .findFirst()
        .orElse(null);
  }

  private void check(boolean holds, String problem) {
    if (!holds) {
      failWithMessage("%s: %s", problem, actual);
    }
  }
}
