package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.CloudFixture.error;
import static io.vpcep.operator.cloud.CloudFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.cloud.auth.VendorSigner;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a cloud sees of a key pair, on a real socket. Each look at the clock is a second later. */
class CloudCatalogSigningTest {
  private static final Credentials PERMANENT = new Credentials.AccessKey("AKEX", "sEcReTkEy", null);
  private static final Credentials TEMPORARY =
      new Credentials.AccessKey("AKEX", "sEcReTkEy", "tEmP+tOkEn=");

  private final AtomicInteger looks = new AtomicInteger();
  private CloudFixture cloud;

  @BeforeEach
  void start() throws Exception {
    cloud = new CloudFixture(() -> CloudFixture.NOW.plusSeconds(looks.getAndIncrement())).started();
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private ListingRequest request(Credentials credentials) {
    return request(credentials, cloud.endpoint("127.0.0.1"), ServiceQuery.everything(2));
  }

  private static ListingRequest request(Credentials credentials, URI endpoint, ServiceQuery query) {
    return new ListingRequest(
        "a project", endpoint, "p1", credentials, null, query, Duration.ofSeconds(20));
  }

  /** What the vendor's signer makes of the request that arrived. */
  private static String expectedAuthorization(RecordedRequest arrived) {
    HttpUrl url = arrived.getUrl();
    Map<String, String> headers = new HashMap<>();
    for (String name : List.of("X-Sdk-Date", "X-Project-Id", "X-Security-Token")) {
      if (arrived.getHeaders().get(name) != null) {
        headers.put(name, arrived.getHeaders().get(name));
      }
    }
    return VendorSigner.authorization(
        List.of("AKEX", "sEcReTkEy"),
        "http://" + arrived.getHeaders().get("Host"),
        "/" + String.join("/", url.pathSegments()),
        IntStream.range(0, url.querySize())
            .mapToObj(i -> Map.entry(url.queryParameterName(i), url.queryParameterValue(i)))
            .toList(),
        headers);
  }

  @Test
  void signsEveryPageWithTheTimeOfItsRequest() throws Exception {
    // Given
    cloud.answering(json(Pages.json(0, 2, 3)).build(), json(Pages.json(2, 3, 3)).build());

    // When
    Snapshot snapshot = cloud.catalog.list(request(PERMANENT));

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    for (String date : List.of("20261123T100000Z", "20261123T100001Z")) {
      RecordedRequest page = cloud.server.takeRequest();
      Headers headers = page.getHeaders();
      assertThat(headers.get("X-Sdk-Date")).isEqualTo(date);
      assertThat(headers.get("X-Project-Id")).isEqualTo("p1");
      assertThat(headers.values("Authorization"))
          .containsExactly(expectedAuthorization(page))
          .first()
          .asString()
          .startsWith(
              "SDK-HMAC-SHA256 Access=AKEX, SignedHeaders=host;x-project-id;x-sdk-date,"
                  + " Signature=");
      assertThat(headers.names()).doesNotContain("X-Security-Token", "X-Auth-Token");
      assertThat(headers.toString()).doesNotContain("sEcReTkEy");
    }
  }

  @Test
  void sendsAndSignsTheSecurityTokenOfTemporaryKeys() throws Exception {
    // Given
    cloud.answering(json(Pages.json(0, 0, 0)).build());
    ServiceQuery query = new ServiceQuery("shop & co*~+ü", "i/1", null, null, null, 7);
    URI endpoint = URI.create(cloud.endpoint("127.0.0.1") + "/pre%20fix/");

    // When
    cloud.catalog.list(request(TEMPORARY, endpoint, query));

    // Then
    RecordedRequest arrived = cloud.server.takeRequest();
    assertThat(arrived.getHeaders().get("X-Security-Token")).isEqualTo("tEmP+tOkEn=");
    assertThat(arrived.getHeaders().get("Authorization"))
        .contains("SignedHeaders=host;x-project-id;x-sdk-date;x-security-token,")
        .isEqualTo(expectedAuthorization(arrived));
  }

  @Test
  void signsAnewWhenTheConnectionTurnsOutToBeDead() throws Exception {
    // Given
    cloud.answering(
        json(Pages.json(0, 2, 3)).build(),
        json("").onResponseStart(new SocketEffect.CloseSocket()).build(),
        json(Pages.json(2, 3, 3)).build());

    // When
    Snapshot snapshot = cloud.catalog.list(request(PERMANENT));

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    cloud.server.takeRequest();
    RecordedRequest cut = cloud.server.takeRequest();
    RecordedRequest again = cloud.server.takeRequest();
    assertThat(again.getTarget()).isEqualTo(cut.getTarget());
    assertThat(cut.getHeaders().get("X-Sdk-Date")).isEqualTo("20261123T100001Z");
    assertThat(again.getHeaders().get("X-Sdk-Date")).isEqualTo("20261123T100002Z");
    assertThat(cut.getHeaders().get("Authorization")).isEqualTo(expectedAuthorization(cut));
    assertThat(again.getHeaders().get("Authorization")).isEqualTo(expectedAuthorization(again));
  }

  @Test
  void showsNothingToTheHostThatARedirectNames() throws Exception {
    try (MockWebServer other = new MockWebServer()) {
      // Given
      other.start(InetAddress.getByName("127.0.0.1"), 0);
      cloud.answering(
          new MockResponse.Builder()
              .code(307)
              .addHeader("Location", other.url("/elsewhere"))
              .build());

      // When
      SyncFailure failure = cloud.failure(request(TEMPORARY));

      // Then
      assertThat(failure.reason()).isEqualTo(FailureReason.REJECTED);
      assertThat(other.getRequestCount()).isZero();
    }
  }

  @Test
  void hidesEveryPartOfTheKeysInWhatTheCloudEchoes() {
    // Given
    cloud.answering(
        error(
                401,
                "{\"error_code\":\"APIGW.0301\",\"error_msg\":\"verify failed for AKEX with"
                    + " sEcReTkEy and tEmP+tOkEn= so far\"}")
            .build());

    // When
    SyncFailure failure = cloud.failure(request(TEMPORARY));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.AUTHENTICATION_FAILED);
    assertThat(failure)
        .hasMessageContaining("verify failed for [redacted] with [redacted] and [redacted] so far");
  }

  @Test
  void callsNobodyWithKeysThatCannotBeSent() {
    // When
    SyncFailure failure =
        cloud.failure(request(new Credentials.AccessKey("AKEX", "sEcReT kEy", null)));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_INVALID);
    assertThat(failure).hasMessageStartingWith("secretKey is empty or holds");
    assertThat(cloud.server.getRequestCount()).isZero();
  }
}
