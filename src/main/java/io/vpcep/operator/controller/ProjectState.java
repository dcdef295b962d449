package io.vpcep.operator.controller;

import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.MirroredService;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is remembered of a project between its syncs, in this process only; all of it can be lost
 * without harm. Used by one thread at a time, which JOSDK sees to.
 */
final class ProjectState {
  private static final int EVENT_BURST = 10;
  private static final Duration EVENT_REFILL = Duration.ofMinutes(1);

  /** Generation of the spec that the last attempt used; null: no attempt in this process. */
  Long attemptedGeneration;

  Instant attemptStarted = Instant.EPOCH;
  Instant nextAttempt = Instant.EPOCH;

  /** Failed attempts in a row that a project gets over in the same way. */
  int failures;

  FailureReason lastFailure;

  /** Syncs in a row in which others were faster with some of the writes. */
  int outrun;

  String credentialsVersion = "";
  Misses misses;

  /** End of the last sync that got a listing, for staleness; null: the project is new here. */
  Instant lastListing;

  /** When the message of the Ready condition was written last. */
  Instant messageSince;

  /** The annotations that the last attempt answered. */
  String seenRequest;

  String seenConfirmation;
  boolean suspended;

  /** True while a sync that is due waits for others to go first. */
  boolean waitsForTurn;

  /** The project as our last status write left it: it may be newer than what the cache shows. */
  VpcEndpointProject written;

  /** True while a status could not be written. */
  boolean statusOwed;

  /** The attempt that the status which could not be written tells of, or null. */
  Attempt unreported;

  private int eventTokens = EVENT_BURST;
  private Instant eventsRefilled = Instant.EPOCH;

  /** The newer of what the cache shows and what our last write left. */
  VpcEndpointProject latest(VpcEndpointProject cached) {
    if (written == null || !sameObject(cached, written) || isNotOlder(cached, written)) {
      written = null;
      return cached;
    }
    return written;
  }

  private static boolean sameObject(VpcEndpointProject a, VpcEndpointProject b) {
    String uid = a.getMetadata().getUid();
    return uid == null || uid.equals(b.getMetadata().getUid());
  }

  private static boolean isNotOlder(VpcEndpointProject a, VpcEndpointProject b) {
    try {
      return Long.parseLong(a.getMetadata().getResourceVersion())
          >= Long.parseLong(b.getMetadata().getResourceVersion());
    } catch (NumberFormatException e) {
      return true;
    }
  }

  /** True until {@link #takeOver}: the project is new to this process. */
  boolean isNew() {
    return lastListing == null;
  }

  /**
   * Takes over, once, what status and mirror tell of the processes before: a restart is no news. A
   * project that was synced before with this very spec is due when it would have been due anyway.
   */
  void takeOver(
      VpcEndpointProject project,
      Collection<MirroredService> mirrored,
      Duration interval,
      Instant now) {
    VpcEndpointProjectStatus status = ProjectReporter.status(project);
    Optional<Instant> lastSync = lastSync(status, now);
    lastListing = lastSync.orElse(now);
    Condition ready = ProjectConditions.ready(ProjectReporter.conditions(status));
    lastFailure = ready == null ? null : failure(ready.reason());
    misses =
        lastFailure == FailureReason.PRUNE_BLOCKED
            ? Misses.ofGuard(status.listedFrom(), mirrored)
            : new Misses(status.listedFrom(), Map.of());
    Long generation = project.getMetadata().getGeneration();
    boolean answered =
        ready != null
            && !ready.reason().equals(ProjectConditions.SYNCING)
            && Objects.equals(status.observedGeneration(), generation);
    if (lastSync.isPresent() && answered) {
      attemptedGeneration = generation;
      nextAttempt = Schedule.resumed(lastListing, interval, now);
    }
  }

  private static Optional<Instant> lastSync(VpcEndpointProjectStatus status, Instant now) {
    try {
      return Optional.ofNullable(status.lastSyncTime())
          .map(Instant::parse)
          .map(last -> last.isAfter(now) ? now : last);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static FailureReason failure(String constant) {
    return Arrays.stream(FailureReason.values())
        .filter(reason -> reason.constant().equals(constant))
        .findFirst()
        .orElse(null);
  }

  /** Keeps the rest of every wait as long as it was when the clock was set back. */
  void noticeClockSetBack(Instant now) {
    if (!now.isBefore(attemptStarted)) {
      return;
    }
    Duration back = Duration.between(now, attemptStarted);
    attemptStarted = now;
    nextAttempt = nextAttempt.minus(back);
    lastListing = lastListing.minus(back);
    messageSince = messageSince == null ? null : messageSince.minus(back);
  }

  /** Takes one of the few events about single services that a project may cause in a while. */
  boolean takeEvent(Instant now) {
    if (now.isBefore(eventsRefilled) || eventsRefilled.plus(EVENT_REFILL).isBefore(now)) {
      eventTokens = EVENT_BURST;
      eventsRefilled = now;
    }
    if (eventTokens == 0) {
      return false;
    }
    eventTokens--;
    return true;
  }
}
