package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.CloudFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.SyncFailure;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.SocketEffect;
import okhttp3.Dns;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cloud, or something that poses as one, may do on the wire. */
class CloudCatalogTroubleTest {
  private static final SocketEffect CUT = new SocketEffect.CloseSocket();

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
  void givesUpOnAServerThatNeverAnswers() throws Exception {
    try (CloudFixture impatient = impatient().started()) {
      // Given
      impatient.answeringAlways(json("{}").onResponseStart(SocketEffect.Stall.INSTANCE).build());

      // When
      SyncFailure failure = impatient.failure();

      // Then
      assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
      assertThat(failure)
          .hasMessage(
              "no answer from 127.0.0.1:%d within 400ms".formatted(impatient.server.getPort()));
      assertThat(impatient.observed).containsOnly("127.0.0.1 unanswered");
    }
  }

  @Test
  void givesUpOnAServerThatStallsWithinTheBody() throws Exception {
    try (CloudFixture impatient = impatient().started()) {
      // Given
      impatient.answeringAlways(
          json(Pages.json(0, 2000, 2000)).onResponseBody(SocketEffect.Stall.INSTANCE).build());

      // When
      SyncFailure failure = impatient.failure();

      // Then
      assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
      assertThat(failure).hasMessageStartingWith("no answer from 127.0.0.1");
    }
  }

  @Test
  void endsATrickleWithTheTimeOfTheListing() {
    // Given
    cloud.answering(
        json(Pages.json(0, 2000, 2000)).throttleBody(16, 50, TimeUnit.MILLISECONDS).build());

    // When
    SyncFailure failure =
        assertTimeout(
            Duration.ofSeconds(5), () -> cloud.failure(cloud.request(Duration.ofMillis(600))));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
    assertThat(failure).hasMessage("no answer from the cloud within 600ms");
  }

  @Test
  void endsALookupThatHangsWithTheTimeOfTheListing() throws Exception {
    // Given
    CountDownLatch never = new CountDownLatch(1);
    try (CloudFixture hanging =
        new CloudFixture(
            EndpointRules.anything(),
            host -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              throw new UnknownHostException(host);
            })) {
      ListingRequest request =
          hanging.request(URI.create("http://slow.example"), null, Duration.ofMillis(200));

      // When
      SyncFailure failure = hanging.failure(request);

      // Then
      assertThat(failure).hasMessage("no answer from the cloud within 200ms");
    } finally {
      never.countDown();
    }
  }

  @Test
  void saysThatTheConnectionWasCutWithinTheBody() {
    // Given
    cloud.answeringAlways(json(Pages.json(0, 2000, 2000)).onResponseBody(CUT).build());

    // When
    SyncFailure failure = cloud.failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
    assertThat(failure)
        .hasMessage("the connection to 127.0.0.1:%d was cut".formatted(cloud.server.getPort()));
  }

  @Test
  void saysThatTheConnectionWasCutBeforeTheAnswer() {
    // Given
    cloud.answeringAlways(json("{}").onResponseStart(CUT).build());

    // Then
    assertThat(cloud.failure()).hasMessageEndingWith("was cut");
  }

  @Test
  void callsABodyThatEndsTooEarlyInvalid() {
    // Given
    String page = Pages.json(0, 2, 2);
    cloud.answeringAlways(json(page.substring(0, page.length() - 5)).build());

    // When
    SyncFailure failure = cloud.failure();

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    assertThat(failure).hasMessage("the cloud's answer is JSON that is cut off");
  }

  @Test
  void saysThatTheConnectionWasRefused() {
    // Given
    ListingRequest request = cloud.request(Duration.ofSeconds(20));
    cloud.server.close();

    // Then
    assertThat(cloud.failure(request))
        .hasMessage("connection refused by 127.0.0.1:" + request.endpoint().getPort());
  }

  @Test
  void saysThatTheNameIsUnknown() throws Exception {
    // Given
    try (CloudFixture nameless =
        new CloudFixture(
            EndpointRules.anything(),
            host -> {
              throw new UnknownHostException(host);
            })) {
      URI endpoint = URI.create("http://no.example");

      // When
      SyncFailure failure =
          nameless.failure(nameless.request(endpoint, null, Duration.ofSeconds(20)));

      // Then
      assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
      assertThat(failure).hasMessage("cannot resolve host no.example");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"endpoint_services\":[", " "})
  void stopsAGzipBombEarly(String start) throws Exception {
    // Given
    cloud.answering(json("").addHeader("Content-Encoding", "gzip").body(bomb(start)).build());

    // When
    SyncFailure failure = assertTimeout(Duration.ofSeconds(5), () -> cloud.failure());

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    assertThat(failure)
        .hasMessage("the cloud's answer is over a limit: a page of more than 16 MiB");
  }

  @Test
  void readsACompressedPage() throws Exception {
    // Given
    Buffer compressed = new Buffer();
    try (BufferedSink gzip = Okio.buffer(new GzipSink(compressed))) {
      gzip.writeUtf8(Pages.json(0, 2, 2));
    }
    cloud.answering(json("").addHeader("Content-Encoding", "gzip").body(compressed).build());

    // Then
    assertThat(cloud.list().isComplete()).isTrue();
  }

  @Test
  void refusesAStringOfMegabytes() {
    // Given
    String page = "{\"endpoint_services\":[{\"id\":\"" + "x".repeat(10 << 20) + "\"}]}";
    cloud.answering(json(page).build());

    // Then
    assertThat(cloud.failure().reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
  }

  @Test
  void refusesDeepNesting() {
    // Given
    cloud.answering(json("{\"x\":" + "[".repeat(1 << 20)).build());

    // Then
    assertThat(cloud.failure()).hasMessageContaining("nesting of more than 32");
  }

  /** 200 MB of blanks in about 200 kB. */
  private static Buffer bomb(String start) throws Exception {
    Buffer bomb = new Buffer();
    byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    try (BufferedSink gzip = Okio.buffer(new GzipSink(bomb))) {
      gzip.writeUtf8(start);
      for (int i = 0; i < 200; i++) {
        gzip.write(blanks);
      }
    }
    assertThat(bomb.size()).isLessThan(300_000);
    return bomb;
  }

  private static CloudFixture impatient() {
    return new CloudFixture(EndpointRules.anything(), Dns.SYSTEM, Duration.ofMillis(400));
  }
}
