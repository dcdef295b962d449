package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.CloudFixture.error;
import static io.vpcep.operator.cloud.CloudFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.net.URI;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries and the budget, on real sockets; what is waited between requests takes no time. */
class CloudCatalogRetryTest {
  private static final MockResponse PAGE = json(Pages.json(0, 1, 1)).build();
  private static final String LIMIT =
      "{\"error_code\":\"EndPoint.0022\",\"error_msg\":\"Throttled,limit:200,time:5 minute\"}";

  private CloudFixture cloud;

  @BeforeEach
  void start() throws Exception {
    cloud = new CloudFixture().started();
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void asksAgainAfterAHiccup(int status) throws Exception {
    // Given
    cloud.answering(error(status, "{}").build(), PAGE);

    // When
    Snapshot snapshot = cloud.list();

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(cloud.server.getRequestCount()).isEqualTo(2);
    assertThat(cloud.waits).contains(Duration.ofMillis(150));
  }

  @Test
  void asksAgainForTheSamePage() throws Exception {
    // Given
    cloud.answering(
        json(Pages.json(0, 2, 3)).build(),
        error(503, "{}").build(),
        json(Pages.json(2, 3, 3)).build());

    // When
    Snapshot snapshot = cloud.list();

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(cloud.server.takeRequest().getUrl().queryParameter("offset")).isNull();
    assertThat(cloud.server.takeRequest().getUrl().queryParameter("offset")).isEqualTo("2");
    assertThat(cloud.server.takeRequest().getUrl().queryParameter("offset")).isEqualTo("2");
  }

  @Test
  void asksAgainWhenTheConnectionWasCut() throws Exception {
    // Given
    SocketEffect cut = new SocketEffect.CloseSocket();
    cloud.answering(json(Pages.json(0, 2000, 2000)).onResponseBody(cut).build(), PAGE);

    // Then
    assertThat(cloud.list().isComplete()).isTrue();
  }

  @Test
  void asksAgainWhenTheAnswerWasCutOff() throws Exception {
    // Given
    cloud.answering(json("{\"endpoint_services\":[{\"id\":").build(), PAGE);

    // Then
    assertThat(cloud.list().isComplete()).isTrue();
  }

  @Test
  void leavesTheCloudAloneForAsLongAsItAsks() throws Exception {
    // Given
    cloud.answering(error(429, "{}").addHeader("Retry-After", "1").build(), PAGE);

    // When
    Snapshot snapshot = cloud.list();

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(cloud.waits.get(0)).isEqualTo(Duration.ofMillis(1150));
  }

  @Test
  void endsAtOnceWhenTheCloudAsksForMoreTimeThanThereIs() {
    // Given
    cloud.answering(error(429, "{}").addHeader("Retry-After", "21").build());

    // When
    SyncFailure failure = cloud.failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.THROTTLED);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(21));
    assertThat(cloud.server.getRequestCount()).isEqualTo(1);
    assertThat(cloud.waits).isEmpty();
  }

  @Test
  void asksForNoMoreThanTheWindowOfALimitThatTheCloudNames() {
    // Given
    cloud.answering(error(400, LIMIT).build());

    // When
    SyncFailure failure = cloud.failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.THROTTLED);
    assertThat(failure.retryAfter()).contains(Duration.ofMinutes(5));
    assertThat(cloud.server.getRequestCount()).isEqualTo(1);
    assertThat(cloud.levels).last().isEqualTo(new Budget.Level(0.6, 0));
  }

  @Test
  void readsALimitInThrottledAnswersAlone() {
    // Given
    cloud.answering(error(404, LIMIT.replace("0022", "0005")).build());

    // When
    SyncFailure failure = cloud.failure();

    // Then
    assertThat(failure.retryAfter()).isEmpty();
    assertThat(cloud.levels)
        .allSatisfy(level -> assertThat(level.requestsPerSecond()).isEqualTo(100));
  }

  @Test
  void endsWithTheLastFailureAfterFourAttempts() {
    // Given
    cloud.answering(
        error(500, "{}").build(),
        error(500, "{}").build(),
        error(500, "{}").build(),
        error(503, "{\"error_code\":\"E1\"}").build());

    // When
    SyncFailure failure = cloud.failure();

    // Then
    assertThat(failure).hasMessage("the cloud answered 503 E1");
    assertThat(cloud.server.getRequestCount()).isEqualTo(4);
  }

  @Test
  void stopsAtTheTimeOfTheListing() {
    // Given
    cloud.answeringAlways(error(503, "{}").build());

    // When
    SyncFailure failure = cloud.failure(cloud.request(Duration.ofMillis(400)));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.SERVER_ERROR);
    assertThat(cloud.server.getRequestCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 403, 404, 409})
  void doesNotRepeatWhatWasRejected(int status) {
    // Given
    cloud.answering(error(status, "{}").build());

    // When
    cloud.failure();

    // Then
    assertThat(cloud.server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void doesNotRepeatWhatIsNoJson() {
    // Given
    cloud.answering(
        new MockResponse.Builder().addHeader("Content-Type", "text/html").body("<p>").build());

    // When
    cloud.failure();

    // Then
    assertThat(cloud.server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void namesTheRequestOfAConnectionThatWasCut() {
    // Given
    cloud.answeringAlways(
        json(Pages.json(0, 2000, 2000))
            .addHeader("X-Request-Id", "6f0a")
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());

    // Then
    assertThat(cloud.failure()).hasMessageEndingWith(" was cut (request id 6f0a)");
  }

  @Test
  void namesTheLastRequestOfAnIncompleteListing() throws Exception {
    // Given
    cloud.answering(
        json(Pages.json(0, 2, 5)).addHeader("X-Request-Id", "6f0a").build(),
        json(Pages.json(2, 2, 5)).addHeader("X-Request-Id", "6f0b").build());

    // Then
    assertThat(CloudFixture.why(cloud.list()))
        .isEqualTo("total_count is 5, but the pages held 2 services (request id 6f0b)");
  }

  @Test
  void doesNotCountTheTimeThatItsPagesWait() throws Exception {
    // Given
    cloud.answering(
        error(429, "{\"error_msg\":\"limit:36,time:1 hour\"}")
            .addHeader("Retry-After", "0")
            .build(),
        json(Pages.json(0, 2, 7)).build(),
        json(Pages.json(2, 4, 7)).build(),
        json(Pages.json(4, 6, 7)).build(),
        json(Pages.json(6, 7, 7)).build());

    // When
    Snapshot snapshot = cloud.catalog.list(cloud.request(Duration.ofSeconds(5)));

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(cloud.waits.stream().reduce(Duration.ZERO, Duration::plus))
        .isGreaterThan(Duration.ofSeconds(100));
    assertThat(cloud.observed).contains("127.0.0.1 waited");
  }

  @Test
  void tellsARequesterWhenToAskAgainWhileThrottled() {
    // Given
    cloud.answering(error(429, "{}").addHeader("Retry-After", "60").build());
    cloud.failure();

    // When
    Duration wait = cloud.catalog.untilTurn(cloud.request(Duration.ofSeconds(20)));

    // Then
    assertThat(wait).isBetween(Duration.ofSeconds(58), Duration.ofSeconds(61));
    assertThat(cloud.levels).last().satisfies(level -> assertThat(level.waiting()).isEqualTo(1));
    assertThat(cloud.observed).last().isEqualTo("127.0.0.1 waited");
  }

  @Test
  void holdsNoThreadForAPauseThatIsLongerThanTheTimeOfAListing() {
    // Given
    cloud.answering(error(429, "{}").addHeader("Retry-After", "60").build());
    cloud.failure();

    // When
    SyncFailure failure = cloud.failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.THROTTLED);
    assertThat(failure).hasMessageStartingWith("the cloud throttles this account");
    assertThat(failure.retryAfter().orElseThrow())
        .isBetween(Duration.ofSeconds(58), Duration.ofSeconds(60));
    assertThat(cloud.server.getRequestCount()).isEqualTo(1);
    assertThat(cloud.waits).isEmpty();
  }

  @Test
  void givesAFreeTurnAtOnceAndListsWithIt() throws Exception {
    // Given
    cloud.answering(PAGE);
    ListingRequest request = cloud.request(Duration.ofSeconds(20));

    // When
    Duration wait = cloud.catalog.untilTurn(request);

    // Then
    assertThat(wait).isZero();
    assertThat(cloud.catalog.list(request).isComplete()).isTrue();
    assertThat(cloud.waits).isEmpty();
  }

  @Test
  void keepsNobodyWaitingForAnEndpointThatIsNotAllowed() {
    assertThat(
            cloud.catalog.untilTurn(
                cloud.request(URI.create("ftp://cloud.example"), null, Duration.ofSeconds(1))))
        .isZero();
    assertThat(cloud.levels).isEmpty();
  }

  @Test
  void keepsTheBudgetsOfTwoCredentialsApartAndShowsTheSlowest() {
    // Given
    cloud.answering(error(400, LIMIT).build());
    cloud.failure();

    // When
    Duration other = cloud.catalog.untilTurn(with(new Credentials.Token("another")));

    // Then
    assertThat(other).isZero();
    assertThat(cloud.levels).last().isEqualTo(new Budget.Level(0.6, 0));
  }

  @Test
  void keepsTheBudgetOfAnAccountWhileItsTemporaryKeysAreRenewed() {
    // Given
    Credentials login = new Credentials.Login("u", "p", "d", URI.create("https://iam.example"));
    Budgets budgets = new Budgets(() -> 0, Waiter.real(), RequestObserver.NONE);
    Share share = budgets.of(with(login));
    share.throttled(0, new ApiError(429, null, null, null, Duration.ofSeconds(60), null));

    // When
    Credentials renewed = new Credentials.Login("u", "q", "d", URI.create("https://iam.example"));

    // Then
    assertThat(budgets.of(with(renewed)).untilTurn()).isPositive();
    assertThat(budgets.of(with(new Credentials.NodeAgency())).untilTurn()).isZero();
  }

  private ListingRequest with(Credentials credentials) {
    return new ListingRequest(
        "a project",
        cloud.endpoint("127.0.0.1"),
        "p",
        credentials,
        null,
        ServiceQuery.everything(2),
        Duration.ofSeconds(20));
  }
}
