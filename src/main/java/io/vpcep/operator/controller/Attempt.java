package io.vpcep.operator.controller;

import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.sync.SyncFailure;
import io.vpcep.operator.sync.SyncResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How an attempt to sync ended: with a listing that was applied, with a failure, or with both.
 *
 * @param asked the project as it was when the attempt began: what the attempt says is said of that
 *     spec and answers those annotations, whatever they are by now
 * @param listed what the listing came to, or null
 * @param failed why the project is not in sync, or null
 * @param isCompleteAndWritten the mirror now shows a complete listing
 * @param listedFrom digest of what was listed, or null where nothing was
 */
record Attempt(
    VpcEndpointProject asked,
    SyncResult listed,
    SyncFailure failed,
    boolean isCompleteAndWritten,
    String listedFrom,
    Instant started,
    Instant ended) {

  static Attempt of(
      VpcEndpointProject asked,
      SyncResult result,
      String listedFrom,
      Instant started,
      Instant ended) {
    return new Attempt(
        asked,
        result,
        result.failure().orElse(null),
        result.isCompleteAndWritten(),
        listedFrom,
        started,
        ended);
  }

  static Attempt failed(
      VpcEndpointProject asked, SyncFailure failure, Instant started, Instant ended) {
    return new Attempt(asked, null, failure, false, null, started, ended);
  }

  /** True when nothing is wrong but that others were faster with some of the writes. */
  boolean isOutrun() {
    return failed == null && !isCompleteAndWritten;
  }

  /** The same, called a failure. */
  Attempt failing(SyncFailure failure) {
    return new Attempt(asked, listed, failure, isCompleteAndWritten, listedFrom, started, ended);
  }

  /** The same without the listing: all that a status needs, and small enough to be kept. */
  Attempt withoutListing() {
    return new Attempt(asked, null, failed, isCompleteAndWritten, listedFrom, started, ended);
  }

  /** The metadata.generation that was acted on. */
  Long generation() {
    return asked.getMetadata().getGeneration();
  }

  Optional<SyncResult> result() {
    return Optional.ofNullable(listed);
  }

  Optional<SyncFailure> failure() {
    return Optional.ofNullable(failed);
  }

  /** Never negative, even where the clock was set back meanwhile. */
  Duration took() {
    return ended.isBefore(started) ? Duration.ZERO : Duration.between(started, ended);
  }

  /** What the other side asked to wait, counted from the start of the attempt; null: nothing. */
  Duration retryAfter() {
    return failure().flatMap(SyncFailure::retryAfter).map(wait -> wait.plus(took())).orElse(null);
  }

  /** The {@code result} of the metric: Synced, Superseded, or the reason of the failure. */
  String resultName() {
    if (isOutrun()) {
      return "Superseded";
    }
    return failed == null ? ProjectConditions.SYNCED : failed.reason().constant();
  }
}
