package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.Completeness;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;

/** Names in a message the request that a cloud's support will ask for. */
final class RequestIds {
  private RequestIds() {}

  /**
   * The same failure, naming a request.
   *
   * @param requestId clean and short, or null: then nothing is added
   */
  static SyncFailure name(SyncFailure failure, String requestId) {
    return requestId == null
        ? failure
        : new SyncFailure(
            failure.reason(),
            name(failure.getMessage(), requestId),
            failure.retryAfter().orElse(null),
            failure.getCause());
  }

  /** The same snapshot; where it is incomplete, its reason names the request. */
  static Snapshot name(Snapshot snapshot, String requestId) {
    return requestId != null && snapshot.completeness() instanceof Completeness.Incomplete why
        ? snapshot.with(new Completeness.Incomplete(name(why.why(), requestId)))
        : snapshot;
  }

  private static String name(String message, String requestId) {
    return "%s (request id %s)".formatted(message, requestId);
  }
}
