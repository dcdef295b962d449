package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.CloudFixture.error;
import static io.vpcep.operator.cloud.CloudFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Dns;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's name and password, on real sockets: an identity service and a query API. */
class LoginTest {
  private static final int TOTAL = 9;

  private final TestClock clock = new TestClock();
  private final AtomicInteger pages = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private CloudFixture cloud;
  private FakeIam iam;

  /** The page, of all that are asked for, before which the tokens given so far turn void. */
  private volatile int voidBefore = Integer.MAX_VALUE;

  @BeforeEach
  void start() throws Exception {
    cloud =
        new CloudFixture(
                EndpointRules.anything(),
                Dns.SYSTEM,
                Duration.ofSeconds(10),
                clock.clocks(),
                CloudFixture.NOWHERE)
            .started();
    iam = new FakeIam(clock).started();
    cloud.server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return page(request);
          }
        });
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    cloud.close();
    iam.close();
  }

  private MockResponse page(RecordedRequest request) {
    if (pages.incrementAndGet() == voidBefore) {
      iam.valid.clear();
    }
    String token = request.getHeaders().get("X-Auth-Token");
    if (token == null || !iam.valid.contains(token)) {
      return error(401, "{\"error_code\":\"APIGW.0301\",\"error_msg\":\"no token\"}").build();
    }
    String offset = request.getUrl().queryParameter("offset");
    int from = offset == null ? 0 : Integer.parseInt(offset);
    return json(Pages.json(from, Math.min(from + 2, TOTAL), TOTAL)).build();
  }

  private ListingRequest request(String password, String projectId, Duration timeout) {
    return new ListingRequest(
        "a project",
        cloud.endpoint("127.0.0.1"),
        projectId,
        new Credentials.Login("user", password, "domain", iam.endpoint()),
        null,
        ServiceQuery.everything(2),
        timeout);
  }

  private ListingRequest request() {
    return request("s3cret", "p1", Duration.ofSeconds(20));
  }

  private SyncFailure failure() {
    return cloud.failure(request());
  }

  /** So many listings at the same time; what came of each. */
  private List<Object> together(int number, Callable<Snapshot> listing) throws Exception {
    CyclicBarrier start = new CyclicBarrier(number);
    List<Future<Object>> running =
        IntStream.range(0, number)
            .mapToObj(
                i ->
                    threads.submit(
                        () -> {
                          start.await();
                          try {
                            return (Object) listing.call();
                          } catch (SyncFailure e) {
                            return e;
                          }
                        }))
            .toList();
    List<Object> outcomes = new ArrayList<>();
    for (Future<Object> listed : running) {
      outcomes.add(listed.get());
    }
    return outcomes;
  }

  private static int size(Object outcome) {
    assertThat(outcome).isInstanceOf(Snapshot.class);
    return ((Snapshot) outcome).services().size();
  }

  @Test
  void getsATokenForTheCloudProjectAndSendsIt() throws Exception {
    // Given
    iam.password = "p\\\"ä\\\\ s";

    // When
    Snapshot snapshot = cloud.catalog.list(request("p\"ä\\ s", "p1", Duration.ofSeconds(20)));

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(snapshot.services()).hasSize(TOTAL);
    RecordedRequest login = iam.server.takeRequest();
    assertThat(login.getMethod()).isEqualTo("POST");
    assertThat(login.getTarget()).isEqualTo("/v3/auth/tokens?nocatalog=true");
    assertThat(login.getHeaders().get("Content-Type")).startsWith("application/json");
    assertThat(login.getBody().utf8())
        .isEqualTo(
            "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":"
                + "{\"name\":\"user\",\"password\":\"p\\\"ä\\\\ s\",\"domain\":{\"name\":\"domain\"}}}},"
                + "\"scope\":{\"project\":{\"id\":\"p1\"}}}}");
    assertThat(cloud.server.takeRequest().getHeaders().get("X-Auth-Token")).isEqualTo("T1");
  }

  @Test
  void sharesTheTokenBetweenListings() throws Exception {
    // Given
    cloud.catalog.list(request());

    // When
    cloud.catalog.list(request());

    // Then
    assertThat(iam.calls()).isEqualTo(1);
  }

  @Test
  void getsATokenForEachCloudProject() throws Exception {
    // Given
    cloud.catalog.list(request());

    // When
    cloud.catalog.list(request("s3cret", "p2", Duration.ofSeconds(20)));

    // Then
    assertThat(iam.calls()).isEqualTo(2);
  }

  @Test
  void goesOnWithANewTokenWhenOneTurnsVoidBetweenPages() throws Exception {
    // Given
    voidBefore = 4;

    // When
    Snapshot snapshot = cloud.catalog.list(request());

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(snapshot.services()).hasSize(TOTAL);
    assertThat(iam.calls()).isEqualTo(2);
    assertThat(pages).hasValue(6);
  }

  @Test
  void endsWithTheSecond401() {
    // Given
    voidBefore = 1;
    iam.scripted.add(given("T-void"));
    iam.scripted.add(given("T-void-too"));

    // When
    SyncFailure failure = failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.AUTHENTICATION_FAILED);
    assertThat(failure).hasMessage("the cloud answered 401 APIGW.0301 \"no token\"");
    assertThat(iam.calls()).isEqualTo(2);
    assertThat(pages).hasValue(2);
  }

  private static MockResponse given(String token) {
    return json("{\"token\":{\"expires_at\":\"2026-11-24T10:00:00.000000Z\"}}")
        .code(201)
        .addHeader("X-Subject-Token", token)
        .build();
  }

  @Test
  void renewsOnceForFiftyListingsWhoseTokenExpired() throws Exception {
    // Given
    cloud.catalog.list(request());
    clock.pass(Duration.ofHours(25));

    // When
    List<Object> outcomes = together(50, () -> cloud.catalog.list(request()));

    // Then
    assertThat(outcomes).allSatisfy(outcome -> assertThat(size(outcome)).isEqualTo(TOTAL));
    assertThat(iam.calls()).isEqualTo(2);
  }

  @Test
  void renewsOnceForFiftyListingsWhoseTokenTurnedVoid() throws Exception {
    // Given
    cloud.catalog.list(request());
    iam.valid.clear();

    // When
    List<Object> outcomes = together(50, () -> cloud.catalog.list(request()));

    // Then
    assertThat(outcomes).allSatisfy(outcome -> assertThat(size(outcome)).isEqualTo(TOTAL));
    assertThat(iam.calls()).isEqualTo(2);
  }

  @Test
  void renewsAheadOfTheEndAndGoesOnMeanwhile() throws Exception {
    // Given
    cloud.catalog.list(request());
    clock.pass(Duration.ofHours(23).plusMinutes(30));
    iam.gate = new CountDownLatch(1);

    // When
    Snapshot meanwhile = cloud.catalog.list(request());

    // Then
    assertThat(meanwhile.isComplete()).isTrue();
    iam.gate.countDown();
    await().until(() -> iam.valid.contains("T2"));
    iam.valid.remove("T1");
    pages.set(0);
    await().untilAsserted(() -> assertThat(cloud.catalog.list(request()).isComplete()).isTrue());
    assertThat(iam.calls()).isEqualTo(2);
  }

  @Test
  void goesOnWithATokenThatStillHoldsWhenNoNewOneIsToBeHad() throws Exception {
    // Given
    cloud.catalog.list(request());
    clock.pass(Duration.ofHours(23).plusMinutes(30));
    iam.scripted.add(error(503, "").build());
    cloud.catalog.list(request());
    await().until(() -> iam.calls() == 2);

    // When
    Snapshot snapshot = cloud.catalog.list(request());

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(iam.calls()).isEqualTo(2);
  }

  @Test
  void triesAWrongPasswordOnceHoweverManyListingsUseIt() throws Exception {
    // Given
    iam.password = "other";

    // When
    List<Object> outcomes = together(20, () -> cloud.catalog.list(request()));

    // Then
    assertThat(outcomes)
        .allSatisfy(
            outcome -> {
              assertThat(outcome).isInstanceOf(SyncFailure.class);
              assertThat(((SyncFailure) outcome).reason())
                  .isEqualTo(FailureReason.AUTHENTICATION_FAILED);
            });
    assertThat(failure()).hasMessageStartingWith("the identity service 127.0.0.1 answered 401 \"");
    assertThat(iam.calls()).isEqualTo(1);
    assertThat(pages).hasValue(0);
  }

  @Test
  void triesAWrongPasswordThreeTimesHoweverManyCloudProjectsUseIt() throws Exception {
    // Given
    iam.password = "other";
    AtomicInteger project = new AtomicInteger();

    // When
    List<Object> outcomes =
        together(
            20,
            () ->
                cloud.catalog.list(
                    request("s3cret", "p" + project.incrementAndGet(), Duration.ofSeconds(20))));

    // Then
    assertThat(outcomes).allSatisfy(o -> assertThat(o).isInstanceOf(SyncFailure.class));
    assertThat(iam.calls()).isEqualTo(3);
  }

  @Test
  void triesAWrongPasswordAgainAfterEverLongerPauses() {
    // Given
    iam.password = "other";
    failure();

    for (int minutes : List.of(1, 2, 4, 8, 15, 15)) {
      // When
      int before = iam.calls();
      clock.pass(Duration.ofMinutes(minutes).minusMillis(1));
      failure();

      // Then
      assertThat(iam.calls()).isEqualTo(before);
      clock.pass(Duration.ofMillis(1));
      failure();
      assertThat(iam.calls()).isEqualTo(before + 1);
    }
  }

  @Test
  void goesOnAtOnceWithAnotherPassword() throws Exception {
    // Given
    iam.password = "n3w";
    failure();

    // When
    Snapshot snapshot = cloud.catalog.list(request("n3w", "p1", Duration.ofSeconds(20)));

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(iam.calls()).isEqualTo(2);
  }

  @Test
  void hidesThePasswordThatTheIdentityServiceEchoes() {
    for (String password : List.of("hunter2", "hun\"ter2 é", "hunter2\nhunter2")) {
      // When
      SyncFailure failure = cloud.failure(request(password, "p1", Duration.ofSeconds(20)));

      // Then
      assertThat(failure.reason()).isEqualTo(FailureReason.AUTHENTICATION_FAILED);
      assertThat(failure)
          .hasMessageContaining("no such user")
          .hasMessageContaining("[redacted]")
          .hasMessageNotContainingAny("hunter2", "ter2", "hun");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "500, ServerError",
    "503, ServerError",
    "429, Throttled",
    "400, Rejected",
    "404, Rejected",
    "301, Rejected",
  })
  void saysThatItWasTheIdentityServiceAndAsksAgain(int status, String reason) throws Exception {
    // Given
    iam.scripted.add(
        error(status, "{\"error\":{\"code\":%d,\"message\":\"why\"}}".formatted(status))
            .addHeader("Retry-After", "7")
            .build());

    // When
    SyncFailure failure = failure();

    // Then
    assertThat(failure.reason().constant()).isEqualTo(reason);
    assertThat(failure)
        .hasMessage("the identity service 127.0.0.1 answered %d \"why\"".formatted(status));
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(cloud.catalog.list(request()).isComplete()).isTrue();
  }

  @Test
  void remembersThatAUserIsNotAllowedToLogIn() {
    // Given
    iam.scripted.add(error(403, "{\"error\":{\"code\":403,\"message\":\"locked\"}}").build());

    // When
    SyncFailure failure = failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.ACCESS_DENIED);
    assertThat(failure()).isSameAs(failure);
    assertThat(iam.calls()).isEqualTo(1);
  }

  @Test
  void saysThatTheIdentityServiceCannotBeReached() throws Exception {
    // Given
    iam.scripted.add(json("").onResponseStart(new SocketEffect.CloseSocket()).build());

    // When
    SyncFailure failure = failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
    assertThat(failure)
        .hasMessage(
            "the identity service 127.0.0.1: the connection to 127.0.0.1:%d was cut"
                .formatted(iam.server.getPort()));
    assertThat(cloud.catalog.list(request()).isComplete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"token\":{}}",
        "{\"token\":{\"expires_at\":\"tomorrow\"}}",
        "{\"token\":[]}",
        "[]",
        "",
        "<html>",
        "{\"token\":{\"expires_at\":",
      })
  void refusesATokenWhoseEndItCannotRead(String body) {
    // Given
    iam.scripted.add(json(body).code(201).addHeader("X-Subject-Token", "T").build());

    // When
    SyncFailure failure = failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    assertThat(failure).hasMessageStartingWith("the identity service 127.0.0.1 answered ");
    assertThat(pages).hasValue(0);
  }

  @Test
  void refusesJsonWithoutABottom() {
    // Given
    iam.scripted.add(json("[".repeat(1000)).code(201).addHeader("X-Subject-Token", "T").build());

    // When
    SyncFailure failure = failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
  }

  @Test
  void refusesAnAnswerWithoutAnEnd() {
    // Given
    iam.scripted.add(json(" ".repeat(70_000)).code(201).addHeader("X-Subject-Token", "T").build());

    // When
    SyncFailure failure = failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    assertThat(failure).hasMessageContaining("64 KiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "T T", "T\u00e9"})
  void refusesATokenThatNoHeaderCanCarry(String token) {
    // Given
    iam.scripted.add(
        json("{\"token\":{\"expires_at\":\"2026-11-24T10:00:00Z\"}}")
            .code(201)
            .addHeaderLenient("X-Subject-Token", token)
            .build());

    // When
    SyncFailure failure = failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    assertThat(failure).hasMessageContaining("a token that a header can carry");
  }

  @Test
  void waitsNoLongerThanTheListingMayTake() {
    try (CloudFixture quick = new CloudFixture(clock)) {
      // Given
      iam.gate = new CountDownLatch(1);

      // When
      SyncFailure failure = quick.failure(request("s3cret", "p1", Duration.ofMillis(200)));

      // Then
      assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
      assertThat(failure)
          .hasMessage(
              "no answer from the identity service 127.0.0.1 within the time of the listing"
                  + " (spec.timeout)");
    }
  }

  @Test
  void endsAtOnceWhenItIsInterruptedAsItWaits() throws Exception {
    // Given
    iam.gate = new CountDownLatch(1);
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> end.complete(Assertions.catchThrowable(() -> cloud.catalog.list(request()))));
    waiting.start();
    await().until(() -> iam.calls() == 1);

    // When
    waiting.interrupt();

    // Then
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void letsTheOthersHaveTheTokenWhenTheFirstGivesUp() throws Exception {
    // Given
    iam.gate = new CountDownLatch(1);
    Future<Object> first = threads.submit(() -> (Object) cloud.catalog.list(request()));
    await().until(() -> iam.calls() == 1);
    Future<Snapshot> second = threads.submit(() -> cloud.catalog.list(request()));

    // When
    first.cancel(true);
    iam.gate.countDown();

    // Then
    assertThat(second.get().isComplete()).isTrue();
    assertThat(iam.calls()).isEqualTo(1);
  }

  @Test
  void callsNoIdentityServiceThatIsNotAllowed() {
    try (CloudFixture strict =
        new CloudFixture(new EndpointRules(List.of("vpcep.*.example.com"), false), Dns.SYSTEM)) {
      // When
      SyncFailure failure =
          strict.failure(
              new ListingRequest(
                  "a project",
                  URI.create("https://vpcep.a.example.com"),
                  "p",
                  new Credentials.Login("u", "p", "d", URI.create("https://iam.a.example.com")),
                  null,
                  ServiceQuery.everything(2),
                  Duration.ofSeconds(20)));

      // Then
      assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_NOT_ALLOWED);
      assertThat(failure)
          .hasMessage(
              "spec.credentials.iamEndpoint: host iam.a.example.com is not among"
                  + " VPCEP_ALLOWED_ENDPOINTS");
    }
  }
}
