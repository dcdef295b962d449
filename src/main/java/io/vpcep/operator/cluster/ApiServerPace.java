package io.vpcep.operator.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the writers quiet while the Kubernetes API asks for it: a 429, or any answer with {@code
 * Retry-After}, holds the writes of its namespace back for the time that it names, since a webhook
 * or a quota of that namespace may be what asks. Where a second namespace is asked meanwhile, it is
 * the API server, and all writes are held back. The client's own retries ignore that time.
 */
final class ApiServerPace implements Interceptor {
  private static final Pattern NAMESPACED = Pattern.compile("/namespaces/([^/]+)/");

  /** What no namespace is called. */
  private static final String EVERYWHERE = "";

  /** What the API server itself says when it names a time. */
  private static final Duration UNNAMED = Duration.ofSeconds(1);

  /** A mistaken header must not silence the operator. */
  private static final Duration MOST = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition never = lock.newCondition();

  /** Nanoseconds at which a namespace may be written to again. */
  private final Map<String, Long> heldUntil = new HashMap<>();

  /**
   * @param nanoTime nanoseconds of a clock that never jumps
   */
  ApiServerPace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public void after(
      HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
    String retryAfter = response.header("Retry-After");
    if (response.code() == KubernetesProblem.TOO_MANY_REQUESTS || retryAfter != null) {
      holdBack(namespace(request.uri()), wait(retryAfter));
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

  private static String namespace(URI requested) {
    Matcher matcher = NAMESPACED.matcher(requested.getPath());
    return matcher.find() ? matcher.group(1) : EVERYWHERE;
  }

  private void holdBack(String namespace, Duration time) {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      // By difference: the numbers may overflow.
      heldUntil.values().removeIf(until -> until - now <= 0);
      holdBackUntil(namespace, now + time.toNanos());
      if (heldUntil.size() > 1) {
        holdBackUntil(EVERYWHERE, now + time.toNanos());
      }
    } finally {
      lock.unlock();
    }
  }

  private void holdBackUntil(String namespace, long time) {
    heldUntil.merge(namespace, time, (held, asked) -> asked - held > 0 ? asked : held);
  }

  /** Returns when {@code namespace} may be written to. */
  void awaitTurn(String namespace) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long wait = untilTurn(namespace);
      while (wait > 0) {
        never.await(wait, TimeUnit.NANOSECONDS);
        wait = untilTurn(namespace);
      }
    } finally {
      lock.unlock();
    }
  }

  private long untilTurn(String namespace) {
    long now = nanoTime.getAsLong();
    return Math.max(
        heldUntil.getOrDefault(namespace, now) - now,
        heldUntil.getOrDefault(EVERYWHERE, now) - now);
  }
}
