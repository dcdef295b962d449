package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.CloudFixture.error;
import static io.vpcep.operator.cloud.CloudFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudCatalogTest {
  private CloudFixture cloud;

  @BeforeEach
  void start() throws Exception {
    cloud = new CloudFixture().started();
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void readsAllPages() throws Exception {
    // Given
    cloud.answering(json(Pages.json(0, 2, 3)).build(), json(Pages.json(2, 3, 3)).build());

    // When
    Snapshot snapshot = cloud.list();

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(snapshot.services())
        .extracting(service -> service.id())
        .containsExactly("s0", "s1", "s2");
    assertThat(snapshot.requests()).isEqualTo(2);
    assertThat(cloud.observed).containsExactly("127.0.0.1 200", "127.0.0.1 200");
    assertThat(cloud.server.takeRequest().getTarget())
        .isEqualTo("/v1/p/vpc-endpoint-services?limit=2");
    assertThat(cloud.server.takeRequest().getTarget())
        .isEqualTo("/v1/p/vpc-endpoint-services?limit=2&offset=2");
  }

  @Test
  void reusesItsConnection() throws Exception {
    // Given
    cloud.answering(
        json(Pages.json(0, 2, 3)).build(),
        json(Pages.json(2, 3, 3)).build(),
        error(404, "{}").build(),
        json(Pages.json(0, 1, 1)).build());

    // When
    cloud.list();
    cloud.failure();
    cloud.list();

    // Then
    for (int exchange = 0; exchange < 4; exchange++) {
      RecordedRequest request = cloud.server.takeRequest();
      assertThat(request.getConnectionIndex()).isZero();
      assertThat(request.getExchangeIndex()).isEqualTo(exchange);
    }
  }

  @Test
  void sendsEveryParameterAndTheToken() throws Exception {
    // Given
    cloud.answering(json(Pages.json(0, 0, 0)).build());
    ServiceQuery query = new ServiceQuery("shop & co", "i1", "available", "created_at", "asc", 7);
    URI endpoint = URI.create(cloud.endpoint("127.0.0.1") + "/prefix/");

    // When
    cloud.catalog.list(
        new ListingRequest(
            "a project",
            endpoint,
            "p 1",
            new Credentials.Token("t"),
            null,
            query,
            Duration.ofSeconds(20)));

    // Then
    RecordedRequest request = cloud.server.takeRequest();
    assertThat(request.getRequestLine())
        .isEqualTo(
            "GET /prefix/v1/p%201/vpc-endpoint-services?endpoint_service_name=shop%20%26%20co"
                + "&id=i1&status=available&sort_key=created_at&sort_dir=asc&limit=7 HTTP/1.1");
    assertThat(request.getHeaders().get("X-Auth-Token")).isEqualTo("t");
    assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("Accept-Encoding")).isEqualTo("gzip");
  }

  @Test
  void sendsNoCredentialsWhenThereAreNone() throws Exception {
    // Given
    cloud.answering(
        json(Pages.json(0, 0, 0)).addHeader("Set-Cookie", "a=b; Path=/").build(),
        json(Pages.json(0, 0, 0)).build());
    ListingRequest request =
        new ListingRequest(
            "a project",
            cloud.endpoint("127.0.0.1"),
            "p",
            new Credentials.None(),
            null,
            ServiceQuery.everything(1),
            Duration.ofSeconds(20));

    // When
    cloud.catalog.list(request);
    cloud.catalog.list(request);

    // Then
    cloud.server.takeRequest();
    assertThat(cloud.server.takeRequest().getHeaders().names())
        .doesNotContain("X-Auth-Token", "Authorization", "Cookie");
  }

  @Test
  void startsAgainWhenTheListShrinksWhilePaging() throws Exception {
    // Given
    cloud.answering(
        json(Pages.json(0, 2, 3)).build(),
        error(400, "{\"error_code\":\"EndPoint.0010\",\"error_msg\":\"Invalid offset\"}").build(),
        json(Pages.json(0, 2, 2)).build());

    // When
    Snapshot snapshot = cloud.list();

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(snapshot.requests()).isEqualTo(3);
  }

  @Test
  void endsAnEndlessListWhenTimeIsUp() throws Exception {
    // Given
    cloud.server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            HttpUrl url = request.getUrl();
            String offset = url.queryParameter("offset");
            int from = offset == null ? 0 : Integer.parseInt(offset);
            return json(Pages.json(from, from + 2, from + 1000L)).build();
          }
        });

    // When
    SyncFailure failure =
        catchThrowableOfType(
            SyncFailure.class, () -> cloud.catalog.list(cloud.request(Duration.ofMillis(1500))));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INCOMPLETE_LISTING);
    assertThat(failure).hasMessageStartingWith("the listing did not end within 1500ms: ");
  }

  @Test
  void callsNoEndpointThatIsNotAllowed() throws Exception {
    try (CloudFixture strict =
        new CloudFixture(new EndpointRules(List.of(), false), Dns.SYSTEM).started()) {
      // When
      SyncFailure failure = strict.failure();

      // Then
      assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_NOT_ALLOWED);
      assertThat(strict.server.getRequestCount()).isZero();
      assertThat(strict.observed).isEmpty();
    }
  }

  @Test
  void callsNoNameOfAnAddressThatIsNotPublic() throws Exception {
    // Given
    Dns rebinding = host -> List.of(InetAddress.getByName("127.0.0.1"));
    try (CloudFixture strict =
        new CloudFixture(new EndpointRules(List.of("*.example"), false), rebinding).started()) {
      URI endpoint = URI.create("https://rebind.example:" + strict.server.getPort());

      // When
      SyncFailure failure = strict.failure(strict.request(endpoint, null, Duration.ofSeconds(20)));

      // Then
      assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_NOT_ALLOWED);
      assertThat(failure).hasMessageContaining("rebind.example has the address 127.0.0.1");
      assertThat(strict.server.getRequestCount()).isZero();
    }
  }

  @Test
  void assemblesWithTheDefaults() throws Exception {
    // Given
    cloud.answering(json(Pages.json(0, 1, 1)).build());
    try (CloudCatalog catalog =
        CloudCatalog.create(
            EndpointRules.anything(),
            new CloudCatalog.Clocks(InstantSource.system(), System::nanoTime),
            () -> 0,
            RequestObserver.NONE,
            CloudFixture.NOWHERE)) {

      // Then
      assertThat(catalog.list(cloud.request(Duration.ofSeconds(20))).isComplete()).isTrue();
    }
  }

  @Test
  void endsAtOnceWhenItIsInterrupted() {
    // Given
    Thread.currentThread().interrupt();

    // When
    InterruptedException interrupted =
        catchThrowableOfType(InterruptedException.class, () -> cloud.list());

    // Then
    assertThat(interrupted).isNotNull();
  }

  @Test
  void endsWhileItWaitsWhenItIsInterrupted() throws Exception {
    // Given
    cloud.answering(json("{}").onResponseStart(SocketEffect.Stall.INSTANCE).build());
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread listing =
        new Thread(
            () ->
                ended.complete(
                    catchThrowableOfType(InterruptedException.class, () -> cloud.list())));
    listing.start();
    cloud.server.takeRequest();

    // When
    listing.interrupt();

    // Then
    assertThat(ended.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> cloud.observed.contains("127.0.0.1 unanswered"));
  }

  @Test
  void readsManyListingsOfOneHostAtATime() {
    // Given
    int listings = 20;
    CountDownLatch allAsked = new CountDownLatch(listings);
    cloud.server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            allAsked.countDown();
            boolean together = allAsked.await(10, TimeUnit.SECONDS);
            return json(Pages.json(0, 1, together ? 1 : 2)).build();
          }
        });
    ExecutorService threads = Executors.newFixedThreadPool(listings);

    // When
    List<Future<Snapshot>> snapshots =
        IntStream.range(0, listings).mapToObj(i -> threads.submit(() -> cloud.list())).toList();
    threads.shutdown();

    // Then
    assertThat(snapshots)
        .allSatisfy(
            snapshot -> assertThat(snapshot.get(20, TimeUnit.SECONDS).isComplete()).isTrue());
  }
}
