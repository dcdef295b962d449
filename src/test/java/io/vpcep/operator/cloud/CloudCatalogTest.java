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
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  void tellsTheUserWhatTheCloudSaid() {
    // Given
    cloud.answering(
        error(400, "{\"error\":{\"code\":\"EndPoint.0017\",\"message\":\"Invalid\\nsort_key\"}}")
            .addHeader("X-Request-Id", "6f0a")
            .build());

    // When
    SyncFailure failure = cloud.failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.REJECTED);
    assertThat(failure)
        .hasMessage("the cloud answered 400 EndPoint.0017 \"Invalid sort_key\" (request id 6f0a)");
  }

  @Test
  void hidesTheTokenThatTheCloudEchoes() {
    // Given
    cloud.answering(
        error(
                401,
                "{\"error_code\":\"t0k-in-use\",\"error_msg\":\"bad t0k-in-use\",\"request_id\":\"t0k-in-use\"}")
            .build());

    // When
    SyncFailure failure = cloud.failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.AUTHENTICATION_FAILED);
    assertThat(failure)
        .hasMessage("the cloud answered 401 [redacted] \"bad [redacted]\" (request id [redacted])");
  }

  @ParameterizedTest
  @CsvSource({
    "17, PT17S",
    "0, PT0S",
    "'Mon, 23 Nov 2026 10:01:30 GMT', PT1M30S",
    "'Mon, 23 Nov 2026 09:00:00 GMT', PT0S",
    "999999999, P1D",
    "soon, ",
    "-5, ",
  })
  void saysHowLongAThrottledProjectShouldWait(String header, Duration expected) {
    // Given
    cloud.answeringAlways(error(429, "{}").addHeader("Retry-After", header).build());

    // When
    SyncFailure failure = cloud.failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.THROTTLED);
    assertThat(failure.retryAfter().orElse(null)).isEqualTo(expected);
    assertThat(cloud.observed).contains("127.0.0.1 429", "127.0.0.1 throttled");
  }

  @Test
  void readsTheCodeOfAThrottledRequestFromItsBody() {
    // Given
    cloud.answeringAlways(error(400, "{\"error_code\":\"EndPoint.0022\"}").build());

    // Then
    assertThat(cloud.failure().reason()).isEqualTo(FailureReason.THROTTLED);
    assertThat(cloud.observed).contains("127.0.0.1 400", "127.0.0.1 throttled");
  }

  @Test
  void readsAnEndlessErrorBodyOnlyInPart() {
    // Given
    String message = "x y ".repeat(1 << 20);
    cloud.answeringAlways(error(500, "{\"error_code\":\"E1\",\"error_msg\":\"" + message).build());

    // When
    SyncFailure failure = cloud.failure();

    // Then
    assertThat(failure).hasMessage("the cloud answered 500 E1");
  }

  @Test
  void namesTheKindOfAnErrorThatIsNotTheApis() {
    // Given
    cloud.answeringAlways(
        new MockResponse.Builder()
            .code(502)
            .addHeader("Content-Type", "text/html; charset=utf-8")
            .body("<h1>Bad gateway</h1>")
            .build());

    // Then
    assertThat(cloud.failure()).hasMessage("the cloud answered 502 with text/html");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsNoRedirect(int status) throws Exception {
    try (MockWebServer other = new MockWebServer()) {
      // Given
      other.start(InetAddress.getByName("127.0.0.1"), 0);
      cloud.answering(
          new MockResponse.Builder()
              .code(status)
              .addHeader("Location", "http://localhost:%d/secret?path=1".formatted(other.getPort()))
              .build());

      // When
      SyncFailure failure = cloud.failure();

      // Then
      assertThat(failure.reason()).isEqualTo(FailureReason.REJECTED);
      assertThat(failure)
          .hasMessage(
              "the cloud answered %d with a redirect to localhost, which is not followed"
                  .formatted(status));
      assertThat(other.getRequestCount()).isZero();
      assertThat(cloud.server.getRequestCount()).isEqualTo(1);
    }
  }

  @Test
  void sendsNoCredentialsAlongWithARedirect() throws Exception {
    try (MockWebServer other = new MockWebServer()) {
      // Given
      other.start(InetAddress.getByName("127.0.0.1"), 0);
      String elsewhere = "http://localhost:%d/".formatted(other.getPort());
      cloud.answering(
          new MockResponse.Builder().code(307).addHeader("Location", elsewhere).build());
      ListingRequest signed =
          new ListingRequest(
              "a project",
              cloud.endpoint("127.0.0.1"),
              "p",
              new Credentials.AccessKey("AK-in-use", "SK-in-use", "ST-in-use"),
              null,
              ServiceQuery.everything(1),
              Duration.ofSeconds(20));

      // When
      SyncFailure failure = cloud.failure(signed);

      // Then
      assertThat(failure.reason()).isEqualTo(FailureReason.REJECTED);
      assertThat(cloud.server.takeRequest().getHeaders().names())
          .contains("Authorization", "X-Security-Token");
      assertThat(other.getRequestCount()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"deflate", "br", "zstd", "compress", "gzip, gzip", "identity, br"})
  void refusesAnEncodingThatWasNotAskedFor(String encoding) {
    // Given
    String compressed = "\u0001\u0002\u0003 not JSON";
    cloud.answering(json(compressed).addHeader("Content-Encoding", encoding).build());

    // Then
    assertThat(cloud.failure().reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
  }

  @Test
  void takesGzipThatIsNoneForATransmissionThatBroke() {
    // Given
    cloud.answering(json("{\"x\":1}").addHeader("Content-Encoding", "gzip").build());

    // Then
    assertThat(cloud.failure(cloud.request(Duration.ofSeconds(1))).reason())
        .isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"utf-16", "iso-8859-1", "unheard-of", "\""})
  void readsUtf8WhateverTheHeaderSays(String charset) throws Exception {
    // Given
    MockResponse.Builder response =
        new MockResponse.Builder()
            .body("{\"endpoint_services\":[{\"id\":\"\u00e4\"}],\"total_count\":1}");
    cloud.answering(
        response.addHeader("Content-Type", "application/json; charset=" + charset).build());

    // Then
    assertThat(cloud.list().services())
        .extracting(service -> service.id())
        .containsExactly("\u00e4");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json;charset=utf-8, true",
    "APPLICATION/JSON, true",
    "application/problem+json, true",
    "text/json, true",
    ", true",
    "text/html, false",
    "text/plain; charset=utf-8, false",
    "application/jsonp, false",
  })
  void readsJsonAlone(String type, boolean read) throws Exception {
    // Given
    MockResponse.Builder response = new MockResponse.Builder().body(Pages.json(0, 1, 1));
    if (type != null) {
      response.addHeader("Content-Type", type);
    }
    cloud.answering(response.build());

    // Then
    if (read) {
      assertThat(cloud.list().isComplete()).isTrue();
    } else {
      SyncFailure failure = cloud.failure();
      assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
      assertThat(failure)
          .hasMessage("the cloud answered " + type.split(";")[0] + " instead of JSON");
    }
  }

  @Test
  void readsAPageUnderAnySuccessStatus() throws Exception {
    // Given
    cloud.answering(json(Pages.json(0, 1, 1)).code(206).build());

    // Then
    assertThat(cloud.list().isComplete()).isTrue();
  }

  @Test
  void namesTheRequestOfAnAnswerThatMakesNoSense() {
    // Given
    cloud.answering(json("{}").addHeader("X-Request-Id", "6f0a").build());

    // Then
    assertThat(cloud.failure())
        .hasMessage("the cloud's answer has no endpoint_services (request id 6f0a)");
  }

  @Test
  void refusesASuccessWithoutAPage() {
    // Given
    cloud.answering(new MockResponse.Builder().code(204).build());

    // Then
    assertThat(cloud.failure().reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
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
