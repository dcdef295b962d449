package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Remembers which credentials were refused, so that they are not tried again and again: clouds lock
 * accounts and keys after a few failures in a row. Credentials that changed are other ones.
 */
final class Refusals {
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final int MOST = 1024;

  private final int tolerated;
  private final LongSupplier nanoTime;
  private final Map<String, Refusal> refusals = new RecentlyUsed<>(MOST);

  /**
   * @param tolerated how many refusals in a row, with no success in between, change nothing
   * @param nanoTime nanoseconds of a clock that never jumps
   */
  Refusals(int tolerated, LongSupplier nanoTime) {
    this.tolerated = tolerated;
    this.nanoTime = nanoTime;
  }

  /**
   * @param inARow how many
   * @param since when the wait began, in nanoseconds
   * @param isTried one caller was let through
   */
  private record Refusal(
      int inARow, SyncFailure failure, long since, Duration pause, boolean isTried) {}

  /**
   * @throws SyncFailure the last refusal, while it is too early for another try
   */
  synchronized void check(String key) throws SyncFailure {
    Refusal refusal = refusals.get(key);
    if (refusal != null && isTooEarly(refusal)) {
      throw refusal.failure();
    }
  }

  /**
   * As {@link #check}; and once the wait is over one caller is let through, and the others wait for
   * what becomes of its try.
   */
  synchronized void enter(String key) throws SyncFailure {
    check(key);
    Refusal refusal = refusals.get(key);
    if (refusal != null && refusal.inARow() > tolerated) {
      refusals.put(
          key, new Refusal(refusal.inARow(), refusal.failure(), nanoTime.getAsLong(), FIRST, true));
    }
  }

  /** Counts a refusal; not one of a try that began before the wait, which is none the longer. */
  synchronized void refused(String key, SyncFailure failure) {
    Refusal before = refusals.get(key);
    if (before != null && isTooEarly(before) && !before.isTried()) {
      return;
    }
    int inARow = before == null ? 1 : before.inARow() + 1;
    refusals.put(key, new Refusal(inARow, failure, nanoTime.getAsLong(), pause(inARow), false));
  }

  synchronized void accepted(String key) {
    refusals.remove(key);
  }

  private boolean isTooEarly(Refusal refusal) {
    return nanoTime.getAsLong() - refusal.since() < refusal.pause().toNanos();
  }

  private Duration pause(int inARow) {
    if (inARow <= tolerated) {
      return Duration.ZERO;
    }
    Duration grown = FIRST.multipliedBy(1L << Math.min(inARow - tolerated - 1, 10));
    return grown.compareTo(LONGEST) < 0 ? grown : LONGEST;
  }
}
