package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.CloudFixture.error;
import static io.vpcep.operator.cloud.CloudFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.SocketEffect;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins that come to nothing, on real sockets. */
class RefusedLoginTest {
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
  void triesAWrongPasswordOnceHoweverManyListingsUseIt() throws Exception {
    // Given
    login.iam.password = "other";

    // When
    List<Object> outcomes = login.together(20, () -> login.cloud.catalog.list(login.request()));

    // Then
    assertThat(outcomes)
        .allSatisfy(
            outcome -> {
              assertThat(outcome).isInstanceOf(SyncFailure.class);
              assertThat(((SyncFailure) outcome).reason())
                  .isEqualTo(FailureReason.AUTHENTICATION_FAILED);
            });
    assertThat(login.failure())
        .hasMessageStartingWith("the identity service 127.0.0.1 answered 401 \"");
    assertThat(login.iam.calls()).isEqualTo(1);
    assertThat(login.pages).hasValue(0);
  }

  @Test
  void triesAWrongPasswordThreeTimesHoweverManyCloudProjectsUseIt() throws Exception {
    // Given
    login.iam.password = "other";
    AtomicInteger project = new AtomicInteger();

    // When
    List<Object> outcomes =
        login.together(
            20,
            () ->
                login.cloud.catalog.list(
                    login.request(
                        "s3cret", "p" + project.incrementAndGet(), Duration.ofSeconds(20))));

    // Then
    assertThat(outcomes).allSatisfy(o -> assertThat(o).isInstanceOf(SyncFailure.class));
    assertThat(login.iam.calls()).isEqualTo(3);
  }

  @Test
  void triesAWrongPasswordAgainAfterEverLongerPauses() {
    // Given
    login.iam.password = "other";
    login.failure();

    for (int minutes : List.of(1, 2, 4, 8, 15, 15)) {
      // When
      int before = login.iam.calls();
      login.clock.pass(Duration.ofMinutes(minutes).minusMillis(1));
      login.failure();

      // Then
      assertThat(login.iam.calls()).isEqualTo(before);
      login.clock.pass(Duration.ofMillis(1));
      login.failure();
      assertThat(login.iam.calls()).isEqualTo(before + 1);
    }
  }

  @Test
  void goesOnAtOnceWithAnotherPassword() throws Exception {
    // Given
    login.iam.password = "n3w";
    login.failure();

    // When
    Snapshot snapshot =
        login.cloud.catalog.list(login.request("n3w", "p1", Duration.ofSeconds(20)));

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(login.iam.calls()).isEqualTo(2);
  }

  @Test
  void hidesThePasswordThatTheIdentityServiceEchoes() {
    for (String password : List.of("hunter2", "hun\"ter2 é", "hunter2\nhunter2")) {
      // When
      SyncFailure failure =
          login.cloud.failure(login.request(password, "p1", Duration.ofSeconds(20)));

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
    login.iam.scripted.add(
        error(status, "{\"error\":{\"code\":%d,\"message\":\"why\"}}".formatted(status))
            .addHeader("Retry-After", "7")
            .build());

    // When
    SyncFailure failure = login.failure();

    // Then
    assertThat(failure.reason().constant()).isEqualTo(reason);
    assertThat(failure)
        .hasMessage("the identity service 127.0.0.1 answered %d \"why\"".formatted(status));
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(login.cloud.catalog.list(login.request()).isComplete()).isTrue();
  }

  @Test
  void remembersThatAUserIsNotAllowedToLogIn() {
    // Given
    login.iam.scripted.add(error(403, "{\"error\":{\"code\":403,\"message\":\"locked\"}}").build());

    // When
    SyncFailure failure = login.failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.ACCESS_DENIED);
    assertThat(login.failure()).isSameAs(failure);
    assertThat(login.iam.calls()).isEqualTo(1);
  }

  @Test
  void saysThatTheIdentityServiceCannotBeReached() throws Exception {
    // Given
    login.iam.scripted.add(json("").onResponseStart(new SocketEffect.CloseSocket()).build());

    // When
    SyncFailure failure = login.failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
    assertThat(failure)
        .hasMessage(
            "the identity service 127.0.0.1: the connection to 127.0.0.1:%d was cut"
                .formatted(login.iam.server.getPort()));
    assertThat(login.cloud.catalog.list(login.request()).isComplete()).isTrue();
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
    login.iam.scripted.add(json(body).code(201).addHeader("X-Subject-Token", "T").build());

    // When
    SyncFailure failure = login.failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    assertThat(failure).hasMessageStartingWith("the identity service 127.0.0.1 answered ");
    assertThat(login.pages).hasValue(0);
  }

  @Test
  void refusesJsonWithoutABottom() {
    // Given
    login.iam.scripted.add(
        json("[".repeat(1000)).code(201).addHeader("X-Subject-Token", "T").build());

    // When
    SyncFailure failure = login.failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
  }

  @Test
  void refusesAnAnswerWithoutAnEnd() {
    // Given
    login.iam.scripted.add(
        json(" ".repeat(70_000)).code(201).addHeader("X-Subject-Token", "T").build());

    // When
    SyncFailure failure = login.failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    assertThat(failure).hasMessageContaining("64 KiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "T T", "T\u00e9"})
  void refusesATokenThatNoHeaderCanCarry(String token) {
    // Given
    login.iam.scripted.add(
        json("{\"token\":{\"expires_at\":\"2026-11-24T10:00:00Z\"}}")
            .code(201)
            .addHeaderLenient("X-Subject-Token", token)
            .build());

    // When
    SyncFailure failure = login.failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    assertThat(failure).hasMessageContaining("a token that a header can carry");
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
