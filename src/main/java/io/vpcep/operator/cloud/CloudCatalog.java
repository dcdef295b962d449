package io.vpcep.operator.cloud;

import io.vpcep.operator.cloud.auth.Authentication;
import io.vpcep.operator.cloud.auth.LocalIdentity;
import io.vpcep.operator.cloud.auth.Session;
import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.sync.EndpointServiceCatalog;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.Recognizer;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * The query API of a cloud, read over HTTP. Safe for any number of threads at a time; they share
 * one HTTP client and its connections.
 *
 * <p>A page comes through layers of one concern each: asked again after transient trouble, asked
 * again with other credentials after a 401, asked when the account has a request to spend.
 */
public final class CloudCatalog implements EndpointServiceCatalog, AutoCloseable {
  private final HttpClients clients;
  private final Clocks clocks;
  private final Patience patience;
  private final RequestObserver observer;
  private final CloudSessions sessions;
  private final Budgets budgets;

  CloudCatalog(
      HttpClients clients,
      Clocks clocks,
      Patience patience,
      RequestObserver observer,
      LocalIdentity local) {
    this.clients = clients;
    this.clocks = clocks;
    this.patience = patience;
    this.observer = observer;
    this.sessions = new CloudSessions(clients, clocks, local);
    this.budgets = new Budgets(clocks.nanoTime(), patience.waiter(), observer);
  }

  /**
   * A catalog for the life of the program.
   *
   * @param rules which endpoints may be called, and by which way
   * @param chance numbers from 0 (inclusive) to 1 (exclusive), which keep retries apart
   * @param observer told about each request to the query API
   * @param local where this process finds the identities of its own
   */
  public static CloudCatalog create(
      EndpointRules rules,
      Clocks clocks,
      DoubleSupplier chance,
      RequestObserver observer,
      LocalIdentity local) {
    return new CloudCatalog(
        new HttpClients(new EndpointGuard(rules, Dns.SYSTEM), Timeouts.DEFAULT),
        clocks,
        new Patience(chance, Waiter.real()),
        observer,
        local);
  }

  /**
   * Two clocks: one to compare with the cloud's, one to measure with.
   *
   * @param time the time of day, to sign requests and to understand a {@code Retry-After} that is a
   *     date
   * @param nanoTime nanoseconds of a clock that never jumps, as {@code System.nanoTime}
   */
  public record Clocks(InstantSource time, LongSupplier nanoTime) {}

  /** What retries need: chance, and a way to wait. */
  record Patience(DoubleSupplier chance, Waiter waiter) {}

  @Override
  public Duration untilTurn(ListingRequest request) {
    try {
      clients.guard().check(request.endpoint());
    } catch (SyncFailure notAllowed) {
      // The listing will say so, and costs nobody anything.
      return Duration.ZERO;
    }
    return budgets.of(request).untilTurn();
  }

  @Override
  public Snapshot list(ListingRequest request, Recognizer recognizer)
      throws SyncFailure, InterruptedException {
    HttpUrl endpoint = clients.guard().check(request.endpoint());
    Share share = budgets.of(request);
    share.awaitTurn(request.timeout());
    Deadline deadline = Deadline.after(request.timeout(), clocks.nanoTime());
    Session session = sessions.open(request, endpoint, deadline);
    PageSource renewing =
        new RenewingPages(
            session, share.spentOn(pages(request, endpoint, deadline, recognizer), deadline));
    PageSource retrying =
        new RetryingPages(renewing, deadline, patience.waiter(), patience.chance());
    return new Pager(retrying, deadline).read();
  }

  private Function<Authentication, PageSource> pages(
      ListingRequest request, HttpUrl endpoint, Deadline deadline, Recognizer recognizer)
      throws SyncFailure {
    PageUrls urls = new PageUrls(endpoint, request.projectId(), request.query());
    OkHttpClient client = clients.trusting(request.caCertificates());
    CallReport report = new CallReport(endpoint, observer, clients.timeouts());
    return authentication ->
        new PageReader(
            client.newBuilder().addNetworkInterceptor(authentication).build(),
            urls,
            new ApiErrorReader(clients.guard().redaction(authentication.secrets()), clocks.time()),
            deadline,
            report,
            recognizer);
  }

  /** Ends what is under way and lets go of threads and connections. */
  @Override
  public void close() {
    patience.waiter().close();
    sessions.close();
    clients.close();
  }
}
