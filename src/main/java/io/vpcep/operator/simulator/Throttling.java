package io.vpcep.operator.simulator;

import java.time.InstantSource;

/**
 * Counts listings in a fixed window. One count suffices for a limit on each credential, since a
 * simulated cloud knows one credential. Thread-safe.
 */
final class Throttling {
  private final InstantSource clock;

  /** Null: everything passes. */
  private Throttle limit;

  private long window;
  private int passed;

  Throttling(InstantSource clock) {
    this.clock = clock;
  }

  /** Sets the limit and begins to count anew; null lifts it. */
  synchronized void set(Throttle other) {
    limit = other;
    passed = 0;
  }

  /**
   * Counts a request.
   *
   * @throws ApiError 429 where it is one too many
   */
  synchronized void check() throws ApiError {
    if (limit == null) {
      return;
    }
    long now = Math.floorDiv(clock.instant().getEpochSecond(), limit.per().toSeconds());
    if (now != window) {
      window = now;
      passed = 0;
    }
    if (passed == limit.requests()) {
      throw ApiError.throttled(limit);
    }
    passed++;
  }
}
