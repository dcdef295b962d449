package io.vpcep.operator.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Keeps the writers quiet while the Kubernetes API asks for it: a 429, or any answer with {@code
 * Retry-After}, holds all of them back for the time that it names. The client's own retries ignore
 * that time.
 */
final class ApiServerPace implements Interceptor {
  /** What the API server itself says when it names a time. */
  private static final Duration UNNAMED = Duration.ofSeconds(1);

  /** A mistaken header must not silence the operator. */
  private static final Duration MOST = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition never = lock.newCondition();
  private long openAt;

  /**
   * @param nanoTime nanoseconds of a clock that never jumps
   */
  ApiServerPace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.openAt = nanoTime.getAsLong();
  }

  @Override
  public void after(
      HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
    String retryAfter = response.header("Retry-After");
    if (response.code() == KubernetesProblem.TOO_MANY_REQUESTS || retryAfter != null) {
      holdBack(wait(retryAfter));
    }
  }

  /** Seconds, as every part of Kubernetes writes it (RFC 9110, 10.2.3, allows a date too). */
  private static Duration wait(String retryAfter) {
    if (retryAfter == null || !retryAfter.strip().matches("[0-9]{1,9}")) {
      return UNNAMED;
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(retryAfter.strip()));
    return asked.compareTo(MOST) > 0 ? MOST : asked;
  }

  private void holdBack(Duration time) {
    lock.lock();
    try {
      long until = nanoTime.getAsLong() + time.toNanos();
      // By difference: the numbers may overflow.
      if (until - openAt > 0) {
        openAt = until;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns when the API server may be written to. */
  void awaitTurn() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long wait = openAt - nanoTime.getAsLong();
      while (wait > 0) {
        never.await(wait, TimeUnit.NANOSECONDS);
        wait = openAt - nanoTime.getAsLong();
      }
    } finally {
      lock.unlock();
    }
  }
}
