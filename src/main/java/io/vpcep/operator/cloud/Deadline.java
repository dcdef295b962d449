package io.vpcep.operator.cloud;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The end of the time that one listing may take. For one thread. */
final class Deadline {
  private final Duration timeout;
  private final LongSupplier nanoTime;
  private final long start;
  private long notCounted;

  private Deadline(Duration timeout, LongSupplier nanoTime) {
    this.timeout = timeout;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /**
   * A deadline that many from now.
   *
   * @param nanoTime a clock that never jumps
   */
  static Deadline after(Duration timeout, LongSupplier nanoTime) {
    return new Deadline(timeout, nanoTime);
  }

  /** From the start to the end. */
  Duration timeout() {
    return timeout;
  }

  /** The clock, in nanoseconds. */
  long now() {
    return nanoTime.getAsLong();
  }

  /** Leaves out of count what has passed since {@code then}, in the clock's nanoseconds. */
  void leaveOut(long then) {
    notCounted += now() - then;
  }

  /** Time since the start, as far as it counts. */
  Duration elapsed() {
    return Duration.ofNanos(now() - start - notCounted);
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
