package io.vpcep.operator.cloud;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The end of the time that one listing may take.
 *
 * @param start in the nanoseconds of {@code nanoTime}
 * @param timeout from {@code start} to the end
 * @param nanoTime a clock that never jumps
 */
record Deadline(long start, Duration timeout, LongSupplier nanoTime) {

  static Deadline after(Duration timeout, LongSupplier nanoTime) {
    return new Deadline(nanoTime.getAsLong(), timeout, nanoTime);
  }

  /** Time since the start. */
  Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - start);
  }

  /** Negative once it has passed. */
  Duration remaining() {
    return timeout.minus(elapsed());
  }

  boolean hasPassed() {
    return remaining().compareTo(Duration.ZERO) <= 0;
  }

  /** A duration as people write it: {@code 30s}, {@code 250ms}. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
