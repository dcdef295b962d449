package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.CloudFixture.error;
import static io.vpcep.operator.cloud.CloudFixture.json;
import static io.vpcep.operator.cloud.OwnIdentityFixture.AGENCY;
import static io.vpcep.operator.cloud.OwnIdentityFixture.POD;
import static io.vpcep.operator.cloud.OwnIdentityFixture.in;
import static io.vpcep.operator.cloud.OwnIdentityFixture.podKeys;
import static io.vpcep.operator.cloud.OwnIdentityFixture.unauthorized;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.SyncFailure;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Identities of the operator's own that come to nothing, on real sockets. */
class RefusedOwnIdentityTest {
  private OwnIdentityFixture own;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    own = new OwnIdentityFixture(directory);
  }

  @AfterEach
  void stop() {
    own.close();
  }

  @Test
  void sendsNoRefusedKeysAgainWhenThereAreNoOthers() {
    // Given
    MockResponse keys = podKeys("AK1", in(Duration.ofHours(24)));
    own.nodeAnswers(keys, keys);
    own.cloud.answering(unauthorized());

    // When
    SyncFailure failure = own.cloud.failure(own.request(POD));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.AUTHENTICATION_FAILED);
    assertThat(own.node.getRequestCount()).isEqualTo(2);
    assertThat(own.cloud.server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void endsWhenTheCloudRefusesTheOtherKeysToo() {
    // Given
    own.nodeAnswers(
        podKeys("AK1", in(Duration.ofHours(24))), podKeys("AK2", in(Duration.ofHours(24))));
    own.cloud.answering(unauthorized(), unauthorized());

    // When
    SyncFailure failure = own.cloud.failure(own.request(POD));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.AUTHENTICATION_FAILED);
    assertThat(own.cloud.server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void saysThatTheNodeHasNoAgency() {
    // Given
    own.nodeAnswers(error(404, "").build(), error(404, "").build());

    // When
    SyncFailure failure = own.cloud.failure(own.request(AGENCY));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.REJECTED);
    assertThat(failure)
        .hasMessage(
            "the metadata service of the node answered 404 with application/json: assign an agency"
                + " to the node, or use a secretRef");
  }

  @Test
  void saysThatTheNodeRefusesItsToken() {
    // Given
    own.nodeAnswers(error(403, "").build());

    // When
    SyncFailure failure = own.cloud.failure(own.request(AGENCY));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.ACCESS_DENIED);
    assertThat(failure).hasMessageStartingWith("the metadata service of the node answered 403");
  }

  @Test
  void saysThatTheNodeGivesNoAnswer() {
    // Given
    own.nodeAnswers(json("").onResponseStart(new SocketEffect.CloseSocket()).build());

    // When
    SyncFailure failure = own.cloud.failure(own.request(AGENCY));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
    assertThat(failure)
        .hasMessageStartingWith("the metadata service of the node: the connection to localhost:");
  }

  @Test
  void givesUpOnANodeThatStalls() {
    // Given
    own.nodeAnswers(json("").onResponseStart(SocketEffect.Stall.INSTANCE).build());

    // When
    SyncFailure failure = own.cloud.failure(own.request(AGENCY));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
    assertThat(failure)
        .hasMessageStartingWith("the metadata service of the node: no answer from localhost:");
  }

  @Test
  void followsNoRedirectOfTheNode() {
    // Given
    own.nodeAnswers(
        new MockResponse.Builder()
            .code(307)
            .addHeader("Location", own.cloud.endpoint("127.0.0.1"))
            .build());

    // When
    SyncFailure failure = own.cloud.failure(own.request(POD));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.REJECTED);
    assertThat(own.cloud.server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|credential.expires_at",
        "{\"credential\":{\"expires_at\":\"soon\"}}|credential.expires_at",
        "{\"credential\":{\"expires_at\":\"2026-11-24T10:00:00.123456Z\"}}|credential.access",
        "{\"credential\":{\"expires_at\":\"2026-11-24T10:00:00.123\",\"access\":\"a b\"}}|credential.access",
        "{\"credential\":{\"expires_at\":\"2026-11-24T10:00:00+0000\",\"access\":\"a\"}}|credential.expires_at",
        "{\"credential\":{\"expires_at\":\"2026-11-24T10:00:00+00:00\",\"access\":\"a\"}}|credential.secret",
        "{\"credential\":{\"expires_at\":\"2026-11-24T10:00:00Z\",\"access\":\"a\",\"secret\":\"s\"}}"
            + "|credential.securitytoken",
      })
  void namesTheFieldThatKeysLack(String body, String field) {
    // Given
    own.nodeAnswers(error(404, "").build(), json(body).build());

    // When
    SyncFailure failure = own.cloud.failure(own.request(AGENCY));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    assertThat(failure)
        .hasMessage("the metadata service of the node answered without a usable " + field);
  }

  @Test
  void refusesAMetadataTokenThatNoHeaderCanCarry() {
    // Given
    own.nodeAnswers(new MockResponse.Builder().body("<html> no").build());

    // When
    SyncFailure failure = own.cloud.failure(own.request(AGENCY));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
  }

  @Test
  void hidesThePodsTokenThatTheServiceEchoes() {
    // Given
    own.nodeAnswers(error(401, "{\"error_msg\":\"bad jwt-1 here\"}").build());

    // When
    SyncFailure failure = own.cloud.failure(own.request(POD));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.AUTHENTICATION_FAILED);
    assertThat(failure).hasMessage("the pod identity service answered 401 \"bad [redacted] here\"");
  }

  @Test
  void hidesTheKeysInUseThatTheCloudEchoes() {
    // Given
    own.nodeAnswers(
        podKeys("AK1", in(Duration.ofHours(24))), podKeys("AK2", in(Duration.ofHours(24))));
    own.cloud.answering(
        unauthorized(), error(401, "{\"error_msg\":\"not AK2 with st-AK2, sk\"}").build());

    // When
    SyncFailure failure = own.cloud.failure(own.request(POD));

    // Then
    assertThat(failure)
        .hasMessage("the cloud answered 401 \"not [redacted] with [redacted], [redacted]\"");
  }

  @ParameterizedTest
  @CsvSource({
    "HC_CONTAINER_CREDENTIALS_FULL_URI, '', HC_CONTAINER_CREDENTIALS_FULL_URI is not set",
    "HC_CONTAINER_CREDENTIALS_FULL_URI, ftp://h/x,"
        + " HC_CONTAINER_CREDENTIALS_FULL_URI is no http or https URL",
    "HC_CONTAINER_AUTHORIZATION_TOKEN_FILE, ' ', HC_CONTAINER_AUTHORIZATION_TOKEN_FILE is not set",
    "HC_CONTAINER_AUTHORIZATION_TOKEN_FILE, /no/such/file,"
        + " the file of HC_CONTAINER_AUTHORIZATION_TOKEN_FILE cannot be read",
  })
  void saysWhatThePodLacks(String variable, String value, String problem) {
    try (CloudFixture other = own.fixture(own.local(Map.of(variable, value)))) {
      // When
      SyncFailure failure = other.failure(own.request(POD));

      // Then
      assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_SPEC);
      assertThat(failure)
          .hasMessage("spec.credentials.podIdentity: the operator has no pod identity: " + problem);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\nb", "\u0000"})
  void saysThatThePodsTokenCannotBeSent(String token) throws Exception {
    // Given
    Files.writeString(own.tokenFile, token);

    // When
    SyncFailure failure = own.cloud.failure(own.request(POD));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_SPEC);
    assertThat(failure).hasMessageEndingWith("is empty or holds characters that cannot be sent");
    assertThat(own.node.getRequestCount()).isZero();
  }

  @Test
  void showsItsOwnKeysToNoHostOfAnyProjectsChoice() {
    for (Credentials identity : List.of(AGENCY, POD)) {
      try (CloudFixture strict =
          new CloudFixture(
              new EndpointRules(List.of(), false),
              Dns.SYSTEM,
              Duration.ofSeconds(10),
              own.clock.clocks(),
              own.local(Map.of()))) {
        // When
        SyncFailure failure =
            strict.failure(
                new ListingRequest(
                    "a project",
                    URI.create("https://vpcep.x.myhuaweicloud.com.evil.example"),
                    "p",
                    identity,
                    null,
                    ServiceQuery.everything(2),
                    Duration.ofSeconds(20)));

        // Then
        assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_NOT_ALLOWED);
        assertThat(failure)
            .hasMessageContaining("vpcep.x.myhuaweicloud.com.evil.example may not see")
            .hasMessageContaining("VPCEP_ALLOWED_ENDPOINTS");
        assertThat(own.node.getRequestCount()).isZero();
      }
    }
  }
}
