package io.vpcep.operator.controller;

import io.vpcep.operator.sync.FailureReason;
import java.time.Duration;
import java.time.Instant;

/** When to sync next: pure functions of the interval, of what happened, and of a chance number. */
final class Schedule {
  /** Back-off after transient trouble grows to so many times the interval... */
  private static final int GROWTH = 4;

  /** ...but not past this, where the interval itself is shorter. */
  private static final Duration MAX_BACKOFF = Duration.ofMinutes(5);

  private static final Duration AUTHENTICATION_FIRST = Duration.ofMinutes(1);
  private static final Duration AUTHENTICATION_MAX = Duration.ofMinutes(15);
  private static final Duration STALLED = Duration.ofMinutes(15);
  private static final Duration OUTRUN = Duration.ofSeconds(2);
  private static final double SPREAD = 0.1;

  private Schedule() {}

  /** The interval, plus up to a tenth of it: syncs that started together drift apart. */
  static Duration regular(Duration interval, double chance) {
    return spread(interval, chance);
  }

  /**
   * When a process that starts lists a project next: at the beat of the processes before, so that
   * projects which they kept apart do not meet at every restart.
   *
   * @param lastSync end of some sync before, not after {@code now}
   */
  static Instant resumed(Instant lastSync, Duration interval, Instant now) {
    long since = Duration.between(lastSync, now).toMillis();
    long sinceBeat = since % interval.toMillis();
    return sinceBeat == 0 ? now : now.plus(interval).minusMillis(sinceBeat);
  }

  /**
   * Time until the next attempt after a failed one.
   *
   * @param failures failed attempts in a row, at least 1
   * @param retryAfter what the other side asked for, or null
   */
  static Duration afterFailure(
      FailureReason reason, int failures, Duration interval, Duration retryAfter, double chance) {
    if (reason == FailureReason.PRUNE_BLOCKED || reason == FailureReason.CONFLICT) {
      // The listing is fine and most of it is mirrored: that part is to stay current.
      return regular(interval, chance);
    }
    Duration delay =
        switch (reason.recovery()) {
          case BY_RETRY -> backoff(interval, failures, max(interval, atMost(interval)));
          case BY_RARE_RETRY -> backoff(AUTHENTICATION_FIRST, failures, AUTHENTICATION_MAX);
          case BY_A_PERSON -> STALLED;
        };
    return spread(retryAfter == null ? delay : max(delay, retryAfter), chance);
  }

  /**
   * Time until the next attempt after others were faster with some writes: they may be done by
   * then.
   *
   * @param times in a row, at least 1
   */
  static Duration afterOutrun(int times, Duration interval, double chance) {
    return spread(backoff(OUTRUN, times, interval), chance);
  }

  private static Duration atMost(Duration interval) {
    return min(interval.multipliedBy(GROWTH), MAX_BACKOFF);
  }

  private static Duration backoff(Duration first, int failures, Duration most) {
    int doublings = Math.min(failures - 1, 10);
    return min(first.multipliedBy(1L << doublings), most);
  }

  private static Duration spread(Duration duration, double chance) {
    return duration.plusMillis((long) (duration.toMillis() * SPREAD * chance));
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
