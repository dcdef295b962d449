package io.vpcep.operator.bench;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits beside what is measured, and takes no time of the processor for it. */
final class Patience {
  private Patience() {}

  /**
   * Looks every {@code pause} whether something is so.
   *
   * @throws IllegalStateException when it is not so in time
   */
  static void until(Duration most, Duration pause, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("waited in vain for " + most);
      }
      pause(pause);
    }
  }

  static void pause(Duration time) throws InterruptedException {
    new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
