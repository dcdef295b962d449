package io.vpcep.operator.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Locks what was guessed at too often in a row. Thread-safe. */
final class Lockout {
  private static final int FAILURES = 5;

  private final Duration pause;
  private final InstantSource clock;
  private int failures;
  private Instant end = Instant.MIN;

  /**
   * @param pause how long the lock holds after five failures in a row
   */
  Lockout(Duration pause, InstantSource clock) {
    this.pause = pause;
    this.clock = clock;
  }

  synchronized boolean isLocked() {
    return clock.instant().isBefore(end);
  }

  /** Counts an attempt; only while it is not locked. */
  synchronized void note(boolean success) {
    failures = success ? 0 : failures + 1;
    if (failures == FAILURES) {
      failures = 0;
      end = clock.instant().plus(pause);
    }
  }
}
