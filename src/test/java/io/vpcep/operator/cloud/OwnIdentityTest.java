package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.CloudFixture.error;
import static io.vpcep.operator.cloud.CloudFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vpcep.operator.cloud.auth.LocalIdentity;
import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The identities that the operator has of its own, on real sockets. */
class OwnIdentityTest {
  private static final Credentials AGENCY = new Credentials.NodeAgency();
  private static final Credentials POD = new Credentials.PodIdentity();

  @TempDir Path dir;
  private final TestClock clock = new TestClock();
  private final MockWebServer node = new MockWebServer();
  private Path tokenFile;
  private CloudFixture cloud;

  @BeforeEach
  void start() throws Exception {
    node.start(InetAddress.getByName("127.0.0.1"), 0);
    tokenFile = Files.writeString(dir.resolve("token"), "jwt-1\n");
    cloud = fixture(local(Map.of())).started();
  }

  @AfterEach
  void stop() {
    cloud.close();
    node.close();
  }

  private CloudFixture fixture(LocalIdentity local) {
    return new CloudFixture(
        EndpointRules.anything(), Dns.SYSTEM, Duration.ofSeconds(10), clock.clocks(), local);
  }

  /** As the environment of a pod says, but for some variables. */
  private LocalIdentity local(Map<String, String> changes) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HC_CONTAINER_CREDENTIALS_FULL_URI", node.url("/v1/credentials").toString());
    environment.put("HC_CONTAINER_AUTHORIZATION_TOKEN_FILE", tokenFile.toString());
    environment.putAll(changes);
    LocalIdentity pod = LocalIdentity.of(environment);
    return new LocalIdentity(node.url("/").toString(), pod.podCredentials(), pod.podTokenFile());
  }

  private ListingRequest request(Credentials credentials) {
    return new ListingRequest(
        "a project",
        cloud.endpoint("127.0.0.1"),
        "p",
        credentials,
        null,
        ServiceQuery.everything(2),
        Duration.ofSeconds(20));
  }

  private Snapshot list(Credentials credentials) throws Exception {
    return cloud.catalog.list(request(credentials));
  }

  private static MockResponse agencyKeys(String name, Instant expires) {
    return json(("{\"credential\":{\"access\":\"%1$s\",\"secret\":\"sk\",\"securitytoken\":\"st-%1$s\","
                + "\"expires_at\":\"%2$s\"}}")
            .formatted(name, expires))
        .build();
  }

  private static MockResponse podKeys(String name, Instant expires) {
    return json(("{\"credentials\":{\"accessKeyId\":\"%1$s\",\"secretAccessKey\":\"sk\","
                + "\"securityToken\":\"st-%1$s\",\"expiration\":\"%2$s\"}}")
            .formatted(name, expires))
        .build();
  }

  private static Instant in(Duration duration) {
    return CloudFixture.NOW.plus(duration);
  }

  private void answersOfTheNode(MockResponse... answers) {
    for (MockResponse answer : answers) {
      node.enqueue(answer);
    }
  }

  private static MockResponse noPages() {
    return json(Pages.json(0, 0, 0)).build();
  }

  private static MockResponse unauthorized() {
    return error(401, "{\"error_code\":\"APIGW.0301\",\"error_msg\":\"verify failed\"}").build();
  }

  private String signer() throws Exception {
    RecordedRequest page = cloud.server.takeRequest();
    return page.getHeaders().get("Authorization").replaceAll(".*Access=([^,]*),.*", "$1")
        + " "
        + page.getHeaders().get("X-Security-Token");
  }

  @Test
  void showsANewerNodeItsToken() throws Exception {
    // Given
    answersOfTheNode(
        new MockResponse.Builder().body("meta-token\n").build(),
        agencyKeys("AK1", in(Duration.ofHours(24))));
    cloud.answering(noPages());

    // When
    list(AGENCY);

    // Then
    RecordedRequest token = node.takeRequest();
    assertThat(token.getMethod() + " " + token.getTarget())
        .isEqualTo("PUT /meta-data/latest/api/token");
    assertThat(token.getHeaders().get("X-Metadata-Token-Ttl-Seconds")).isEqualTo("21600");
    RecordedRequest keys = node.takeRequest();
    assertThat(keys.getMethod() + " " + keys.getTarget())
        .isEqualTo("GET /openstack/latest/securitykey");
    assertThat(keys.getHeaders().get("X-Metadata-Token")).isEqualTo("meta-token");
    assertThat(signer()).isEqualTo("AK1 st-AK1");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405})
  void asksAnOlderNodeWithoutAToken(int status) throws Exception {
    // Given
    answersOfTheNode(error(status, "").build(), agencyKeys("AK1", in(Duration.ofHours(24))));
    cloud.answering(noPages());

    // When
    list(AGENCY);

    // Then
    node.takeRequest();
    assertThat(node.takeRequest().getHeaders().get("X-Metadata-Token")).isNull();
    assertThat(signer()).isEqualTo("AK1 st-AK1");
  }

  @Test
  void sharesTheKeysBetweenListings() throws Exception {
    // Given
    answersOfTheNode(error(404, "").build(), agencyKeys("AK1", in(Duration.ofHours(24))));
    cloud.answering(noPages(), noPages());
    list(AGENCY);

    // When
    list(AGENCY);

    // Then
    assertThat(node.getRequestCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"24h, PT23H20M", "1h, PT30M", "15m, PT7M30S"})
  void looksForNewKeysWellBeforeTheEnd(String lifetime, Duration due) throws Exception {
    // Given
    answersOfTheNode(
        podKeys("AK1", in(Duration.parse("PT" + lifetime))),
        podKeys("AK2", in(Duration.ofHours(48))));
    cloud.answering(noPages(), noPages(), noPages());
    list(POD);
    clock.pass(due.minusMillis(1));
    list(POD);
    int before = node.getRequestCount();
    clock.pass(Duration.ofMillis(1));

    // When
    list(POD);

    // Then
    assertThat(before).isEqualTo(1);
    await().until(() -> node.getRequestCount() == 2);
  }

  @Test
  void asksForOtherKeysOnceWhenTheCloudRefusesThem() throws Exception {
    // Given
    answersOfTheNode(
        error(404, "").build(),
        agencyKeys("AK1", in(Duration.ofHours(24))),
        error(404, "").build(),
        agencyKeys("AK2", in(Duration.ofHours(24))));
    cloud.answering(unauthorized(), noPages());

    // When
    Snapshot snapshot = list(AGENCY);

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(signer()).isEqualTo("AK1 st-AK1");
    assertThat(signer()).isEqualTo("AK2 st-AK2");
  }

  @Test
  void sendsNoRefusedKeysAgainWhenThereAreNoOthers() {
    // Given
    MockResponse keys = podKeys("AK1", in(Duration.ofHours(24)));
    answersOfTheNode(keys, keys);
    cloud.answering(unauthorized());

    // When
    SyncFailure failure = cloud.failure(request(POD));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.AUTHENTICATION_FAILED);
    assertThat(node.getRequestCount()).isEqualTo(2);
    assertThat(cloud.server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void endsWhenTheCloudRefusesTheOtherKeysToo() {
    // Given
    answersOfTheNode(
        podKeys("AK1", in(Duration.ofHours(24))), podKeys("AK2", in(Duration.ofHours(24))));
    cloud.answering(unauthorized(), unauthorized());

    // When
    SyncFailure failure = cloud.failure(request(POD));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.AUTHENTICATION_FAILED);
    assertThat(cloud.server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void saysThatTheNodeHasNoAgency() {
    // Given
    answersOfTheNode(error(404, "").build(), error(404, "").build());

    // When
    SyncFailure failure = cloud.failure(request(AGENCY));

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
    answersOfTheNode(error(403, "").build());

    // When
    SyncFailure failure = cloud.failure(request(AGENCY));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.ACCESS_DENIED);
    assertThat(failure).hasMessageStartingWith("the metadata service of the node answered 403");
  }

  @Test
  void saysThatTheNodeGivesNoAnswer() {
    // Given
    answersOfTheNode(json("").onResponseStart(new SocketEffect.CloseSocket()).build());

    // When
    SyncFailure failure = cloud.failure(request(AGENCY));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
    assertThat(failure)
        .hasMessageStartingWith("the metadata service of the node: the connection to localhost:");
  }

  @Test
  void givesUpOnANodeThatStalls() {
    // Given
    answersOfTheNode(json("").onResponseStart(SocketEffect.Stall.INSTANCE).build());

    // When
    SyncFailure failure = cloud.failure(request(AGENCY));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
    assertThat(failure)
        .hasMessageStartingWith("the metadata service of the node: no answer from localhost:");
  }

  @Test
  void followsNoRedirectOfTheNode() {
    // Given
    answersOfTheNode(
        new MockResponse.Builder()
            .code(307)
            .addHeader("Location", cloud.endpoint("127.0.0.1"))
            .build());

    // When
    SyncFailure failure = cloud.failure(request(POD));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.REJECTED);
    assertThat(cloud.server.getRequestCount()).isZero();
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
    answersOfTheNode(error(404, "").build(), json(body).build());

    // When
    SyncFailure failure = cloud.failure(request(AGENCY));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    assertThat(failure)
        .hasMessage("the metadata service of the node answered without a usable " + field);
  }

  @Test
  void refusesAMetadataTokenThatNoHeaderCanCarry() {
    // Given
    answersOfTheNode(new MockResponse.Builder().body("<html> no").build());

    // When
    SyncFailure failure = cloud.failure(request(AGENCY));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
  }

  @Test
  void exchangesThePodsTokenAndReadsItAnewEachTime() throws Exception {
    // Given
    answersOfTheNode(
        podKeys("AK1", in(Duration.ofHours(1))), podKeys("AK2", in(Duration.ofHours(9))));
    cloud.answering(noPages(), noPages());
    list(POD);
    Files.writeString(tokenFile, "jwt-2");
    clock.pass(Duration.ofHours(2));

    // When
    list(POD);

    // Then
    for (String token : List.of("jwt-1", "jwt-2")) {
      RecordedRequest asked = node.takeRequest();
      assertThat(asked.getMethod() + " " + asked.getTarget()).isEqualTo("POST /v1/credentials");
      assertThat(asked.getHeaders().get("Authorization")).isEqualTo(token);
      assertThat(asked.getBody().utf8()).isEqualTo("{}");
    }
    assertThat(signer()).isEqualTo("AK1 st-AK1");
    assertThat(signer()).isEqualTo("AK2 st-AK2");
  }

  @Test
  void hidesThePodsTokenThatTheServiceEchoes() {
    // Given
    answersOfTheNode(error(401, "{\"error_msg\":\"bad jwt-1 here\"}").build());

    // When
    SyncFailure failure = cloud.failure(request(POD));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.AUTHENTICATION_FAILED);
    assertThat(failure).hasMessage("the pod identity service answered 401 \"bad [redacted] here\"");
  }

  @Test
  void hidesTheKeysInUseThatTheCloudEchoes() {
    // Given
    answersOfTheNode(
        podKeys("AK1", in(Duration.ofHours(24))), podKeys("AK2", in(Duration.ofHours(24))));
    cloud.answering(
        unauthorized(), error(401, "{\"error_msg\":\"not AK2 with st-AK2, sk\"}").build());

    // When
    SyncFailure failure = cloud.failure(request(POD));

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
    try (CloudFixture other = fixture(local(Map.of(variable, value)))) {
      // When
      SyncFailure failure = other.failure(request(POD));

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
    Files.writeString(tokenFile, token);

    // When
    SyncFailure failure = cloud.failure(request(POD));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_SPEC);
    assertThat(failure).hasMessageEndingWith("is empty or holds characters that cannot be sent");
    assertThat(node.getRequestCount()).isZero();
  }

  @Test
  void showsItsOwnKeysToNoHostOfAnyProjectsChoice() {
    for (Credentials own : List.of(AGENCY, POD)) {
      try (CloudFixture strict =
          new CloudFixture(
              new EndpointRules(List.of(), false),
              Dns.SYSTEM,
              Duration.ofSeconds(10),
              clock.clocks(),
              local(Map.of()))) {
        // When
        SyncFailure failure =
            strict.failure(
                new ListingRequest(
                    "a project",
                    URI.create("https://vpcep.x.myhuaweicloud.com.evil.example"),
                    "p",
                    own,
                    null,
                    ServiceQuery.everything(2),
                    Duration.ofSeconds(20)));

        // Then
        assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_NOT_ALLOWED);
        assertThat(failure)
            .hasMessageContaining("vpcep.x.myhuaweicloud.com.evil.example may not see")
            .hasMessageContaining("VPCEP_ALLOWED_ENDPOINTS");
        assertThat(node.getRequestCount()).isZero();
      }
    }
  }
}
