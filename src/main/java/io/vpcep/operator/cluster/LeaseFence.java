package io.vpcep.operator.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Lets no write out once the Lease may be another's. The election finds that out by asking; a
 * process that was paused, or a renewal that hangs, would go on writing until then.
 *
 * <p>It sees the requests of the election pass by. Where there are none, it lets everything out.
 */
final class LeaseFence implements Interceptor {
  /** So long a Lease is surely held: two thirds of its duration, for clocks that differ. */
  static final Duration TERM = Duration.ofSeconds(10);

  private static final String LEASES = "/apis/coordination.k8s.io/";

  private final LongSupplier nanoTime;

  /** When the Lease was looked at, since what is written then counts from before that; or null. */
  private Long asked;

  /** From when on the last renewal counts, or null: there was none. */
  private Long renewed;

  /**
   * @param nanoTime nanoseconds of a clock that never jumps
   */
  LeaseFence(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (isOfLease(request)) {
      asked = asked == null || !isWrite(request) ? nanoTime.getAsLong() : asked;
    } else if (isWrite(request) && isOver()) {
      throw new KubernetesClientException(
          "the Lease may be another's",
          new IOException(
              "not asked, since the Lease was not renewed for %d s".formatted(TERM.toSeconds())));
    }
  }

  private boolean isOver() {
    return renewed != null && nanoTime.getAsLong() - renewed >= TERM.toNanos();
  }

  @Override
  public synchronized void after(
      HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
    boolean renewal = isOfLease(request) && isWrite(request) && response.isSuccessful();
    if (renewal && asked != null) {
      renewed = asked;
      asked = null;
    }
  }

  private static boolean isOfLease(HttpRequest request) {
    return request.uri().getPath().contains(LEASES);
  }

  private static boolean isWrite(HttpRequest request) {
    return !request.method().equals("GET");
  }
}
