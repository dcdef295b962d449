package io.vpcep.operator.controller;

import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import io.vpcep.operator.crd.VpcEndpointProjectStatus.ServiceCounts;
import io.vpcep.operator.ops.OperatorMetrics;
import io.vpcep.operator.sync.MirrorCounts;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Says what became of an attempt: in the status of the project, as events and in the metrics. A
 * status that says nothing new is not written.
 */
final class ProjectReporter {
  /** A quiet project's lastSyncTime is written so seldom. */
  private static final Duration SYNC_TIME_LAG = Duration.ofMinutes(5);

  /** A message that says the same in other words is written so seldom. */
  private static final Duration MESSAGE_LAG = Duration.ofMinutes(10);

  private final StatusWriter statuses;
  private final ProjectEvents events;
  private final OperatorMetrics metrics;

  ProjectReporter(StatusWriter statuses, ProjectEvents events, OperatorMetrics metrics) {
    this.statuses = statuses;
    this.events = events;
    this.metrics = metrics;
  }

  /** Says that a sync with a new spec began. */
  void syncing(VpcEndpointProject project, ProjectState state, Instant now) {
    Long generation = project.getMetadata().getGeneration();
    VpcEndpointProjectStatus before = status(project);
    List<Condition> conditions =
        new ProjectConditions(conditions(before), generation, now).syncing();
    write(project, state, before.withConditions(generation, conditions));
  }

  /** Says that a project is suspended; what was known of it stays. */
  void suspended(VpcEndpointProject project, ProjectState state, Instant now) {
    Long generation = project.getMetadata().getGeneration();
    VpcEndpointProjectStatus before = status(project);
    List<Condition> conditions =
        new ProjectConditions(conditions(before), generation, now).unchanged();
    // To suspend is to change the spec: where that is on record already, it was told before.
    if (!state.suspended && !Objects.equals(before.observedGeneration(), generation)) {
      events.suspended(project);
    }
    write(project, state, before.withConditions(generation, conditions));
  }

  /** Writes a value that must be on record before it is acted upon; true when it is. */
  boolean confirmationUsedUp(VpcEndpointProject project, ProjectState state, String value) {
    VpcEndpointProjectStatus after = status(project).withLastConfirmedPrune(value);
    return value.equals(status(write(project, state, after)).lastConfirmedPrune());
  }

  /** Reports an attempt. */
  void attempted(
      VpcEndpointProject project, ProjectState state, Attempt attempt, MirrorCounts counts) {
    events.attempted(project, state, attempt);
    measure(attempt);
    measure(project, counts);
    writeStatus(project, state, attempt, counts);
  }

  /** Writes the status that could not be written before, as it has to be by now. */
  void owed(VpcEndpointProject project, ProjectState state, MirrorCounts counts) {
    if (state.unreported == null) {
      state.statusOwed = false;
      return;
    }
    writeStatus(project, state, state.unreported, counts);
  }

  private void writeStatus(
      VpcEndpointProject project, ProjectState state, Attempt attempt, MirrorCounts counts) {
    VpcEndpointProjectStatus after = after(project, state, attempt, counts);
    state.statusOwed = false;
    if (saysSomethingNew(status(project), after)) {
      write(project, state, after);
    }
    state.unreported = state.statusOwed ? attempt.withoutListing() : null;
  }

  /** Reports what a process that starts finds of a project, which it need not list at once. */
  void resumed(VpcEndpointProject project, ProjectState state, MirrorCounts counts) {
    measure(project, counts);
    if (status(project).lastSyncTime() != null) {
      metrics.succeeded(
          project.getMetadata().getNamespace(), project.getMetadata().getName(), state.lastListing);
    }
  }

  /** Reports that services changed without an attempt: they turned stale. */
  void counted(VpcEndpointProject project, ProjectState state, MirrorCounts counts) {
    measure(project, counts);
    if (!state.statusOwed) {
      write(project, state, status(project).withCounts(counts.services(), counts.connections()));
    }
  }

  private static VpcEndpointProjectStatus after(
      VpcEndpointProject project, ProjectState state, Attempt attempt, MirrorCounts counts) {
    VpcEndpointProjectStatus before = status(project);
    if (attempt.isOutrun()) {
      // It is not over: the next attempt, within seconds, answers for this one too.
      return before.withCounts(counts.services(), counts.connections());
    }
    Map<String, String> asked = Annotations.of(attempt.asked());
    String requested = Annotations.requestedAt(asked);
    boolean complete = attempt.isCompleteAndWritten();
    return new VpcEndpointProjectStatus(
        attempt.generation(),
        conditions(before, state, attempt),
        complete ? seconds(attempt.ended()) : before.lastSyncTime(),
        complete ? attempt.listedFrom() : before.listedFrom(),
        Objects.equals(Annotations.confirmation(asked), before.lastConfirmedPrune())
            ? before.lastConfirmedPrune()
            : null,
        requested == null ? before.lastHandledRequest() : requested,
        counts.services(),
        counts.connections());
  }

  private static List<Condition> conditions(
      VpcEndpointProjectStatus status, ProjectState state, Attempt attempt) {
    List<Condition> before = conditions(status);
    ProjectConditions conditions =
        new ProjectConditions(before, attempt.generation(), attempt.ended());
    if (attempt.failure().isEmpty()) {
      return conditions.synced();
    }
    var failure = attempt.failure().get();
    Condition ready = ProjectConditions.ready(before);
    boolean sameReason = ready != null && failure.reason().constant().equals(ready.reason());
    if (!sameReason || state.messageSince == null) {
      state.messageSince = attempt.ended();
    }
    boolean recent =
        Duration.between(state.messageSince, attempt.ended()).compareTo(MESSAGE_LAG) < 0;
    if (sameReason && recent && ready.message() != null) {
      return conditions.failed(failure.reason(), ready.message());
    }
    state.messageSince = attempt.ended();
    return conditions.failed(failure.reason(), failure.getMessage());
  }

  /** True unless the two differ by a recent lastSyncTime alone. */
  private static boolean saysSomethingNew(
      VpcEndpointProjectStatus before, VpcEndpointProjectStatus after) {
    if (!Objects.equals(before, after.withLastSyncTime(before.lastSyncTime()))) {
      return true;
    }
    if (before.lastSyncTime() == null || after.lastSyncTime() == null) {
      return after.lastSyncTime() != null;
    }
    try {
      Instant written = Instant.parse(before.lastSyncTime());
      Instant last = Instant.parse(after.lastSyncTime());
      return last.isBefore(written) || !last.isBefore(written.plus(SYNC_TIME_LAG));
    } catch (DateTimeException e) {
      return !before.lastSyncTime().equals(after.lastSyncTime());
    }
  }

  private void measure(Attempt attempt) {
    String namespace = attempt.asked().getMetadata().getNamespace();
    String name = attempt.asked().getMetadata().getName();
    metrics.syncFinished(namespace, name, attempt.resultName(), attempt.took());
    if (attempt.isCompleteAndWritten()) {
      metrics.succeeded(namespace, name, attempt.ended());
    }
  }

  private void measure(VpcEndpointProject project, MirrorCounts counts) {
    ServiceCounts services = counts.services();
    metrics.mirrored(
        project.getMetadata().getNamespace(),
        project.getMetadata().getName(),
        Map.of(
            "available", services.available(),
            "creating", services.creating(),
            "failed", services.failed(),
            "deleting", services.deleting(),
            "other", services.other()),
        counts.connections());
  }

  private VpcEndpointProject write(
      VpcEndpointProject project, ProjectState state, VpcEndpointProjectStatus status) {
    if (status.equals(project.getStatus())) {
      state.statusOwed = false;
      return project;
    }
    Optional<VpcEndpointProject> written = statuses.write(project, status);
    state.statusOwed = written.isEmpty();
    // Where a write came to nothing, what the cache shows is believed again.
    state.written = written.orElse(null);
    return written.orElse(project);
  }

  static VpcEndpointProjectStatus status(VpcEndpointProject project) {
    return project.getStatus() == null ? VpcEndpointProjectStatus.empty() : project.getStatus();
  }

  static List<Condition> conditions(VpcEndpointProjectStatus status) {
    return status.conditions() == null ? List.of() : status.conditions();
  }

  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
