package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vpcep.operator.cloud.auth.LocalIdentity;
import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.sync.Completeness;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.QueueDispatcher;
import okhttp3.Dns;

/** A cloud on a real socket, and a catalog that reads it with short time-outs. */
final class CloudFixture implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  /** Of a process without identities of its own. */
  static final LocalIdentity NOWHERE = new LocalIdentity("http://127.0.0.1:9", null, null);

  final MockWebServer server = new MockWebServer();
  final List<String> observed = new CopyOnWriteArrayList<>();
  final List<Budget.Level> levels = new CopyOnWriteArrayList<>();

  /** What the catalog waited between requests, in no time. */
  final List<Duration> waits = new CopyOnWriteArrayList<>();

  final CloudCatalog catalog;
  private final AtomicLong waitedNanos = new AtomicLong();
  private boolean tls;

  CloudFixture() {
    this(EndpointRules.anything(), Dns.SYSTEM);
  }

  CloudFixture(EndpointRules rules, Dns dns) {
    this(rules, dns, Duration.ofSeconds(10));
  }

  /**
   * @param silence how long the catalog waits for each step
   */
  CloudFixture(EndpointRules rules, Dns dns, Duration silence) {
    this(rules, dns, silence, InstantSource.fixed(NOW));
  }

  /** With a time of day of its own. */
  CloudFixture(InstantSource clock) {
    this(EndpointRules.anything(), Dns.SYSTEM, Duration.ofSeconds(10), clock);
  }

  private CloudFixture(EndpointRules rules, Dns dns, Duration silence, InstantSource clock) {
    this(rules, dns, silence, new CloudCatalog.Clocks(clock, System::nanoTime), NOWHERE);
  }

  /** With everything chosen. */
  CloudFixture(
      EndpointRules rules,
      Dns dns,
      Duration silence,
      CloudCatalog.Clocks clocks,
      LocalIdentity local) {
    catalog =
        new CloudCatalog(
            new HttpClients(new EndpointGuard(rules, dns), new Timeouts(silence, silence, silence)),
            new CloudCatalog.Clocks(
                clocks.time(), () -> clocks.nanoTime().getAsLong() + waitedNanos.get()),
            new CloudCatalog.Patience(() -> 0.5, waiter()),
            observer(),
            local);
  }

  private Waiter waiter() {
    return new Waiter() {
      @Override
      public void await(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        waits.add(duration);
        waitedNanos.addAndGet(duration.toNanos());
      }

      @Override
      public void close() {}
    };
  }

  private RequestObserver observer() {
    return new RequestObserver() {
      @Override
      public void answered(String host, int status) {
        observed.add(host + " " + status);
      }

      @Override
      public void unanswered(String host) {
        observed.add(host + " unanswered");
      }

      @Override
      public void throttled(String host) {
        observed.add(host + " throttled");
      }

      @Override
      public void waited(String host) {
        observed.add(host + " waited");
      }

      @Override
      public void budget(String host, double requestsPerSecond, int waiting) {
        levels.add(new Budget.Level(requestsPerSecond, waiting));
      }
    };
  }

  CloudFixture started() throws IOException {
    server.start(InetAddress.getByName("127.0.0.1"), 0);
    return this;
  }

  /** From the next start on. */
  CloudFixture withTls(SSLSocketFactory sockets) {
    server.useHttps(sockets);
    tls = true;
    return this;
  }

  CloudFixture answering(MockResponse... responses) {
    for (MockResponse response : responses) {
      server.enqueue(response);
    }
    return this;
  }

  /** The same, however often it is asked. */
  CloudFixture answeringAlways(MockResponse response) {
    QueueDispatcher dispatcher = new QueueDispatcher();
    dispatcher.setFailFast(response);
    server.setDispatcher(dispatcher);
    return this;
  }

  static MockResponse.Builder json(String body) {
    return new MockResponse.Builder().addHeader("Content-Type", "application/json").body(body);
  }

  static MockResponse.Builder error(int status, String body) {
    return json(body).code(status);
  }

  URI endpoint(String host) {
    return URI.create((tls ? "https://" : "http://") + host + ":" + server.getPort());
  }

  ListingRequest request(Duration timeout) {
    return request(endpoint("127.0.0.1"), null, timeout);
  }

  ListingRequest request(URI endpoint, String caCertificates, Duration timeout) {
    return new ListingRequest(
        "a project",
        endpoint,
        "p",
        new Credentials.Token("t0k-in-use"),
        caCertificates,
        ServiceQuery.everything(2),
        timeout);
  }

  Snapshot list() throws Exception {
    return catalog.list(request(Duration.ofSeconds(20)));
  }

  SyncFailure failure() {
    return failure(request(Duration.ofSeconds(20)));
  }

  SyncFailure failure(ListingRequest request) {
    SyncFailure failure = catchThrowableOfType(SyncFailure.class, () -> catalog.list(request));
    assertThat(failure).as("failure").isNotNull();
    return failure;
  }

  static String why(Snapshot snapshot) {
    assertThat(snapshot.isComplete()).isFalse();
    return ((Completeness.Incomplete) snapshot.completeness()).why();
  }

  @Override
  public void close() {
    catalog.close();
    server.close();
  }
}
