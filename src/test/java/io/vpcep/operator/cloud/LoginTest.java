package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.CloudFixture.error;
import static io.vpcep.operator.cloud.CloudFixture.json;
import static io.vpcep.operator.cloud.LoginFixture.TOTAL;
import static io.vpcep.operator.cloud.LoginFixture.size;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user's name and password, on real sockets: an identity service and a query API. */
class LoginTest {
  private LoginFixture login;

  @BeforeEach
  void start() throws Exception {
    login = new LoginFixture();
  }

  @AfterEach
  void stop() {
    login.close();
  }

  @Test
  void getsATokenForTheCloudProjectAndSendsIt() throws Exception {
    // Given
    login.iam.password = "p\\\"ä\\\\ s";

    // When
    Snapshot snapshot =
        login.cloud.catalog.list(login.request("p\"ä\\ s", "p1", Duration.ofSeconds(20)));

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(snapshot.services()).hasSize(TOTAL);
    RecordedRequest asked = login.iam.server.takeRequest();
    assertThat(asked.getMethod()).isEqualTo("POST");
    assertThat(asked.getTarget()).isEqualTo("/v3/auth/tokens?nocatalog=true");
    assertThat(asked.getHeaders().get("Content-Type")).startsWith("application/json");
    assertThat(asked.getBody().utf8())
        .isEqualTo(
            "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":"
                + "{\"name\":\"user\",\"password\":\"p\\\"ä\\\\ s\",\"domain\":{\"name\":\"domain\"}}}},"
                + "\"scope\":{\"project\":{\"id\":\"p1\"}}}}");
    assertThat(login.cloud.server.takeRequest().getHeaders().get("X-Auth-Token")).isEqualTo("T1");
  }

  @Test
  void sharesTheTokenBetweenListings() throws Exception {
    // Given
    login.cloud.catalog.list(login.request());

    // When
    login.cloud.catalog.list(login.request());

    // Then
    assertThat(login.iam.calls()).isEqualTo(1);
  }

  @Test
  void getsATokenForEachCloudProject() throws Exception {
    // Given
    login.cloud.catalog.list(login.request());

    // When
    login.cloud.catalog.list(login.request("s3cret", "p2", Duration.ofSeconds(20)));

    // Then
    assertThat(login.iam.calls()).isEqualTo(2);
  }

  @Test
  void goesOnWithANewTokenWhenOneTurnsVoidBetweenPages() throws Exception {
    // Given
    login.voidBefore = 4;

    // When
    Snapshot snapshot = login.cloud.catalog.list(login.request());

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(snapshot.services()).hasSize(TOTAL);
    assertThat(login.iam.calls()).isEqualTo(2);
    assertThat(login.pages).hasValue(6);
  }

  @Test
  void endsWithTheSecond401() {
    // Given
    login.voidBefore = 1;
    login.iam.scripted.add(given("T-void"));
    login.iam.scripted.add(given("T-void-too"));

    // When
    SyncFailure failure = login.failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.AUTHENTICATION_FAILED);
    assertThat(failure).hasMessage("the cloud answered 401 APIGW.0301 \"no token\"");
    assertThat(login.iam.calls()).isEqualTo(2);
    assertThat(login.pages).hasValue(2);
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
    login.cloud.catalog.list(login.request());
    login.clock.pass(Duration.ofHours(25));

    // When
    List<Object> outcomes = login.together(50, () -> login.cloud.catalog.list(login.request()));

    // Then
    assertThat(outcomes).allSatisfy(outcome -> assertThat(size(outcome)).isEqualTo(TOTAL));
    assertThat(login.iam.calls()).isEqualTo(2);
  }

  @Test
  void renewsOnceForFiftyListingsWhoseTokenTurnedVoid() throws Exception {
    // Given
    login.cloud.catalog.list(login.request());
    login.iam.valid.clear();

    // When
    List<Object> outcomes = login.together(50, () -> login.cloud.catalog.list(login.request()));

    // Then
    assertThat(outcomes).allSatisfy(outcome -> assertThat(size(outcome)).isEqualTo(TOTAL));
    assertThat(login.iam.calls()).isEqualTo(2);
  }

  @Test
  void renewsAheadOfTheEndAndGoesOnMeanwhile() throws Exception {
    // Given
    login.cloud.catalog.list(login.request());
    login.clock.pass(Duration.ofHours(23).plusMinutes(30));
    login.iam.gate = new CountDownLatch(1);

    // When
    Snapshot meanwhile = login.cloud.catalog.list(login.request());

    // Then
    assertThat(meanwhile.isComplete()).isTrue();
    login.iam.gate.countDown();
    await().until(() -> login.iam.valid.contains("T2"));
    login.iam.valid.remove("T1");
    login.pages.set(0);
    await()
        .untilAsserted(
            () -> assertThat(login.cloud.catalog.list(login.request()).isComplete()).isTrue());
    assertThat(login.iam.calls()).isEqualTo(2);
  }

  @Test
  void goesOnWithATokenThatStillHoldsWhenNoNewOneIsToBeHad() throws Exception {
    // Given
    login.cloud.catalog.list(login.request());
    login.clock.pass(Duration.ofHours(23).plusMinutes(30));
    login.iam.scripted.add(error(503, "").build());
    login.cloud.catalog.list(login.request());
    await().until(() -> login.iam.calls() == 2);

    // When
    Snapshot snapshot = login.cloud.catalog.list(login.request());

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(login.iam.calls()).isEqualTo(2);
  }

  @Test
  void waitsNoLongerThanTheListingMayTake() {
    try (CloudFixture quick = new CloudFixture(login.clock)) {
      // Given
      login.iam.gate = new CountDownLatch(1);

      // When
      SyncFailure failure = quick.failure(login.request("s3cret", "p1", Duration.ofMillis(200)));

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
    login.iam.gate = new CountDownLatch(1);
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () ->
                end.complete(
                    Assertions.catchThrowable(() -> login.cloud.catalog.list(login.request()))));
    waiting.start();
    await().until(() -> login.iam.calls() == 1);

    // When
    waiting.interrupt();

    // Then
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void letsTheOthersHaveTheTokenWhenTheFirstGivesUp() throws Exception {
    // Given
    login.iam.gate = new CountDownLatch(1);
    Future<Object> first =
        login.threads.submit(() -> (Object) login.cloud.catalog.list(login.request()));
    await().until(() -> login.iam.calls() == 1);
    Future<Snapshot> second = login.threads.submit(() -> login.cloud.catalog.list(login.request()));

    // When
    first.cancel(true);
    login.iam.gate.countDown();

    // Then
    assertThat(second.get().isComplete()).isTrue();
    assertThat(login.iam.calls()).isEqualTo(1);
  }
}
