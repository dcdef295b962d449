package io.vpcep.operator.cloud;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The port to waiting, so that tests wait for hours in no time. */
interface Waiter {

  /**
   * Lets so much time pass.
   *
   * @throws InterruptedException when the thread was interrupted, or nothing is waited for any more
   */
  void await(Duration duration) throws InterruptedException;

  /** Ends every wait, now and later. */
  void close();

  /** Waits for real. */
  static Waiter real() {
    CountDownLatch closed = new CountDownLatch(1);
    return new Waiter() {
      @Override
      public void await(Duration duration) throws InterruptedException {
        if (closed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
          throw new InterruptedException("the catalog was closed");
        }
      }

      @Override
      public void close() {
        closed.countDown();
      }
    };
  }
}
