package io.vpcep.operator.controller;

import io.vpcep.operator.sync.SyncFailure;
import io.vpcep.operator.sync.SyncResult;
import java.time.Instant;
import java.util.Optional;

/**
 * How an attempt to sync ended: with a listing that was applied, with a failure, or with both.
 *
 * @param listed what the listing came to, or null
 * @param failed why the project is not in sync, or null
 * @param listedFrom digest of what was listed, or null where the spec made no sense
 */
record Attempt(
    SyncResult listed, SyncFailure failed, String listedFrom, Instant started, Instant ended) {

  static Attempt of(SyncResult result, String listedFrom, Instant started, Instant ended) {
    return new Attempt(result, result.failure().orElse(null), listedFrom, started, ended);
  }

  static Attempt failed(SyncFailure failure, Instant started, Instant ended) {
    return new Attempt(null, failure, null, started, ended);
  }

  Optional<SyncResult> result() {
    return Optional.ofNullable(listed);
  }

  Optional<SyncFailure> failure() {
    return Optional.ofNullable(failed);
  }

  /** The mirror now shows a complete listing. */
  boolean isCompleteAndWritten() {
    return listed != null && listed.isCompleteAndWritten();
  }

  /** The {@code result} of the metric: Synced, or the reason of the failure. */
  String resultName() {
    return failed == null ? ProjectConditions.SYNCED : failed.reason().constant();
  }
}
