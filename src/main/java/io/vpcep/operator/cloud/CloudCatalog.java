package io.vpcep.operator.cloud;

import io.vpcep.operator.cloud.auth.Authentication;
import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.sync.EndpointServiceCatalog;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
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
  private final Patience patience;
  private final Budgets budgets;

  CloudCatalog(
      EndpointGuard guard,
      Timeouts timeouts,
      Clocks clocks,
      Patience patience,
      RequestObserver observer) {
    this.guard = guard;
    this.timeouts = timeouts;
    this.clients = new HttpClients(guard, timeouts);
    this.clocks = clocks;
    this.observer = observer;
    this.patience = patience;
    this.budgets = new Budgets(clocks.nanoTime(), patience.waiter(), observer);
  }

  /**
   * A catalog for the life of the program.
   *
   * @param rules which endpoints may be called
   * @param clock the time of day, to sign requests and to understand a {@code Retry-After} that is
   *     a date
   * @param nanoTime nanoseconds of a clock that never jumps, as {@code System.nanoTime}
   * @param chance numbers from 0 (inclusive) to 1 (exclusive), which keep retries apart
   * @param observer told about each request
   */
  public static CloudCatalog create(
      EndpointRules rules,
      InstantSource clock,
      LongSupplier nanoTime,
      DoubleSupplier chance,
      RequestObserver observer) {
    return new CloudCatalog(
        new EndpointGuard(rules, Dns.SYSTEM),
        Timeouts.DEFAULT,
        new Clocks(clock, nanoTime),
        new Patience(chance, Waiter.real()),
        observer);
  }

  /** Two clocks: one to compare with the cloud's, one to measure with. */
  record Clocks(InstantSource time, LongSupplier nanoTime) {}

  /** What retries need: chance, and a way to wait. */
  record Patience(DoubleSupplier chance, Waiter waiter) {}

  @Override
  public Duration untilTurn(ListingRequest request) {
    try {
      guard.check(request.endpoint());
    } catch (SyncFailure notAllowed) {
      // The listing will say so, and costs nobody anything.
      return Duration.ZERO;
    }
    return budgets.of(request).untilTurn();
  }

  @Override
  public Snapshot list(ListingRequest request) throws SyncFailure, InterruptedException {
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
        new ApiErrorReader(new Redaction(authentication.secrets()), clocks.time());
    CallReport report = new CallReport(endpoint, observer, timeouts);
    Share share = budgets.of(request);
    share.awaitTurn(request.timeout());
    Deadline deadline = Deadline.after(request.timeout(), clocks.nanoTime());
    PageSource reader = new PageReader(calls, urls, errors, deadline, report);
    PageSource budgeted = new BudgetedPages(reader, share, deadline);
    PageSource retrying =
        new RetryingPages(budgeted, deadline, patience.waiter(), patience.chance());
    return new Pager(retrying, deadline).read();
  }

  /** Ends what is under way and lets go of threads and connections. */
  @Override
  public void close() {
    patience.waiter().close();
    clients.close();
  }
}
