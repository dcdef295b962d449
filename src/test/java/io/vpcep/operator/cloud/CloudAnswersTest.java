package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.CloudFixture.error;
import static io.vpcep.operator.cloud.CloudFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.SyncFailure;
import java.net.InetAddress;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the catalog makes of the answers of a cloud, on real sockets. */
class CloudAnswersTest {
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
}
