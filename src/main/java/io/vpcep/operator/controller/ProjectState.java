package io.vpcep.operator.controller;

import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import io.vpcep.operator.sync.FailureReason;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What is remembered of a project between its syncs, in this process only; all of it can be lost
 * without harm. Used by one thread at a time, which JOSDK sees to.
 */
final class ProjectState {
  private static final int EVENT_BURST = 10;
  private static final Duration EVENT_REFILL = Duration.ofMinutes(1);

  /** Generation of the spec that the last attempt used; null: no attempt in this process. */
  Long attemptedGeneration;

  Instant nextAttempt = Instant.EPOCH;
  int failures;
  FailureReason lastFailure;
  String credentialsVersion = "";
  Map<String, Integer> misses = Map.of();

  /** End of the last sync that got a listing, for staleness; null: none is known of. */
  Instant lastListing;

  /** When the message of the Ready condition was written last. */
  Instant messageSince;

  String seenConfirmation;
  boolean suspended;

  /** The project as our last status write left it: it may be newer than what the cache shows. */
  VpcEndpointProject written;

  /** True while a status could not be written. */
  boolean statusOwed;

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

  /** Since when services would turn stale, were there no listing from now on. */
  Instant listedOrFirstSeen(VpcEndpointProjectStatus status, Instant now) {
    if (lastListing == null) {
      lastListing = lastSync(status, now);
    }
    return lastListing;
  }

  private static Instant lastSync(VpcEndpointProjectStatus status, Instant now) {
    try {
      return status.lastSyncTime() == null ? now : Instant.parse(status.lastSyncTime());
    } catch (DateTimeException e) {
      return now;
    }
  }

  /** Takes one of the few events about single services that a project may cause in a while. */
  boolean takeEvent(Instant now) {
    if (eventsRefilled.plus(EVENT_REFILL).isBefore(now)) {
      eventTokens = EVENT_BURST;
      eventsRefilled = now;
    }
    return eventTokens-- > 0;
  }
}
