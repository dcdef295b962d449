package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.CloudFixture.error;
import static io.vpcep.operator.cloud.CloudFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.SyncFailure;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys are locked by clouds after some failures in a row: they are spared before. */
class KeyProtectionTest {
  private static final Credentials KEYS = new Credentials.AccessKey("AK", "wrong", null);

  private final TestClock clock = new TestClock();
  private CloudFixture cloud;

  /** What the cloud answers, each time. */
  private volatile MockResponse answer = refusal(401);

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
    cloud.server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer;
          }
        });
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private static MockResponse refusal(int status) {
    return error(status, "{\"error_code\":\"APIGW.0301\",\"error_msg\":\"why\"}")
        .addHeader("X-Request-Id", "r1")
        .build();
  }

  private ListingRequest request(Credentials credentials, URI endpoint) {
    return new ListingRequest(
        "a project",
        endpoint,
        "p",
        credentials,
        null,
        ServiceQuery.everything(2),
        Duration.ofSeconds(20));
  }

  private ListingRequest request() {
    return request(KEYS, cloud.endpoint("127.0.0.1"));
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      cloud.failure(request());
    }
  }

  private int calls() {
    return cloud.server.getRequestCount();
  }

  @Test
  void sparesKeysThatWereRefusedThreeTimesInARow() {
    // Given
    fail(3);

    // When
    SyncFailure failure = cloud.failure(request());

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.AUTHENTICATION_FAILED);
    assertThat(failure).hasMessage("the cloud answered 401 APIGW.0301 \"why\" (request id r1)");
    assertThat(calls()).isEqualTo(3);
  }

  @Test
  void triesOnceAfterEachPauseAndDoublesIt() {
    // Given
    fail(3);

    for (int minutes : List.of(1, 2, 4, 8, 15, 15)) {
      // When
      int before = calls();
      clock.pass(Duration.ofMinutes(minutes).minusMillis(1));
      fail(2);

      // Then
      assertThat(calls()).isEqualTo(before);
      clock.pass(Duration.ofMillis(1));
      fail(5);
      assertThat(calls()).isEqualTo(before + 1);
    }
  }

  @Test
  void forgetsRefusalsWithTheFirstSuccess() throws Exception {
    // Given
    fail(2);
    answer = json(Pages.json(0, 0, 0)).build();
    cloud.catalog.list(request());
    answer = refusal(401);

    // When
    fail(3);

    // Then
    assertThat(calls()).isEqualTo(6);
  }

  @Test
  void goesOnAsBeforeOnceATryAfterThePauseSucceeds() throws Exception {
    // Given
    fail(3);
    clock.pass(Duration.ofMinutes(1));
    answer = json(Pages.json(0, 0, 0)).build();
    cloud.catalog.list(request());

    // When
    cloud.catalog.list(request());

    // Then
    assertThat(calls()).isEqualTo(5);
  }

  @Test
  void looksAgainAfterAMinuteWhenATryCameToNothing() {
    // Given
    fail(3);
    clock.pass(Duration.ofMinutes(1));
    answer = refusal(503);
    fail(2);
    clock.pass(Duration.ofMinutes(1));

    // When
    SyncFailure failure = cloud.failure(request());

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.SERVER_ERROR);
    // Each of the two tries asked four times, since a 503 may pass.
    assertThat(calls()).isEqualTo(3 + 4 + 4);
  }

  @Test
  void sparesNeitherOtherKeysNorOtherHosts() {
    // Given
    fail(3);

    // When
    cloud.failure(
        request(new Credentials.AccessKey("AK", "other", null), cloud.endpoint("127.0.0.1")));
    cloud.failure(request(KEYS, cloud.endpoint("localhost")));

    // Then
    assertThat(calls()).isEqualTo(5);
  }

  @Test
  void countsNothingButRefusals() {
    // Given
    for (int status : List.of(403, 429, 500, 400)) {
      answer = refusal(status);
      fail(2);
    }

    // When
    fail(1);

    // Then
    // A 429 and a 500 may pass, and are asked for four times.
    assertThat(calls()).isEqualTo(2 + 2 * 4 + 2 * 4 + 2 + 1);
  }

  @Test
  void sparesNothingWhereNothingIsSent() {
    // When
    for (int i = 0; i < 5; i++) {
      cloud.failure(request(new Credentials.None(), cloud.endpoint("127.0.0.1")));
    }

    // Then
    assertThat(calls()).isEqualTo(5);
  }
}
