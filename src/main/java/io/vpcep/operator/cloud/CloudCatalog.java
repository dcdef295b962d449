package io.vpcep.operator.cloud;

import io.vpcep.operator.cloud.auth.Authentication;
import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.sync.EndpointServiceCatalog;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import okhttp3.Call;
import okhttp3.Dns;
import okhttp3.HttpUrl;

/**
 * The query API of a cloud, read over HTTP. Safe for any number of threads at a time; they share
 * one HTTP client and its connections.
 */
public final class CloudCatalog implements EndpointServiceCatalog, AutoCloseable {
  private final EndpointGuard guard;
  private final Timeouts timeouts;
  private final HttpClients clients;
  private final Clocks clocks;
  private final RequestObserver observer;

  CloudCatalog(EndpointGuard guard, Timeouts timeouts, Clocks clocks, RequestObserver observer) {
    this.guard = guard;
    this.timeouts = timeouts;
    this.clients = new HttpClients(guard, timeouts);
    this.clocks = clocks;
    this.observer = observer;
  }

  /**
   * A catalog for the life of the program.
   *
   * @param rules which endpoints may be called, and by which way
   * @param clock the time of day, to sign requests and to understand a {@code Retry-After} that is
   *     a date
   * @param nanoTime nanoseconds of a clock that never jumps, as {@code System.nanoTime}
   * @param observer told about each request
   */
  public static CloudCatalog create(
      EndpointRules rules, InstantSource clock, LongSupplier nanoTime, RequestObserver observer) {
    return new CloudCatalog(
        new EndpointGuard(rules, Dns.SYSTEM),
        Timeouts.DEFAULT,
        new Clocks(clock, nanoTime),
        observer);
  }

  /** Two clocks: one to compare with the cloud's, one to measure with. */
  record Clocks(InstantSource time, LongSupplier nanoTime) {}

  @Override
  public Snapshot list(ListingRequest request) throws SyncFailure, InterruptedException {
    Deadline deadline = Deadline.after(request.timeout(), clocks.nanoTime());
    HttpUrl endpoint = guard.check(request.endpoint());
    PageUrls urls = new PageUrls(endpoint, request.projectId(), request.query());
    Authentication authentication =
        Authentication.with(request.credentials(), request.projectId(), clocks.time());
    Call.Factory calls =
        clients
            .trusting(request.caCertificates())
            .newBuilder()
            .addNetworkInterceptor(authentication)
            .build();
    ApiErrorReader errors =
        new ApiErrorReader(guard.redaction(authentication.secrets()), clocks.time());
    CallReport report = new CallReport(endpoint, observer, timeouts);
    return new Pager(new PageReader(calls, urls, errors, deadline, report), deadline).read();
  }

  /** Ends what is under way and lets go of threads and connections. */
  @Override
  public void close() {
    clients.close();
  }
}
