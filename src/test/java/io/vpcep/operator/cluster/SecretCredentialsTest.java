package io.vpcep.operator.cluster;

import static io.vpcep.operator.cluster.FakeKubernetes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.http.MockResponse;
import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.sync.CredentialSource.Supplied;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretCredentialsTest {
  private static final String TOKEN_REF = "credentials: {secretRef: {name: cloud}}";
  private static final String CA_REF = "tls: {caSecretRef: {name: ca}}";
  private static final String PEM =
      "-----BEGIN CERTIFICATE-----\nc2VjcmV0\n-----END CERTIFICATE-----\n";
  private FakeKubernetes kubernetes;
  private SecretCredentials source;

  @BeforeEach
  void start() throws IOException {
    kubernetes = new FakeKubernetes();
    source = new SecretCredentials(kubernetes.client());
  }

  @AfterEach
  void stop() {
    kubernetes.close();
  }

  @Test
  void readsNothingWhereNothingIsNamed() throws SyncFailure {
    Supplied supplied = source.read("network", spec("suspend: false"));

    assertThat(supplied).isEqualTo(new Supplied(new Credentials.None(), null, ""));
    assertThat(kubernetes.requests()).isEmpty();
  }

  @Test
  void readsTokenFromTheNamespaceOfTheProject() throws SyncFailure {
    hold("network", "cloud", Map.of("token", "s3cret\n", "note", "left out"));
    hold("other", "cloud", Map.of("token", "of another"));

    Supplied supplied = source.read("network", spec(TOKEN_REF));

    assertThat(supplied.credentials()).isEqualTo(new Credentials.Token("s3cret"));
    assertThat(supplied.caCertificates()).isNull();
    assertThat(supplied.toString()).doesNotContain("s3cret");
  }

  @Test
  void readsAuthoritiesBesideTheToken() throws SyncFailure {
    hold("network", "cloud", Map.of("token", "s3cret"));
    hold("network", "ca", Map.of("ca.crt", PEM));

    Supplied supplied = source.read("network", spec(TOKEN_REF + "\n" + CA_REF));

    assertThat(supplied.credentials()).isEqualTo(new Credentials.Token("s3cret"));
    assertThat(supplied.caCertificates()).isEqualTo(PEM);
  }

  @Test
  void versionChangesWithEachSecretAndOnlyThen() throws SyncFailure {
    VpcEndpointProjectSpec spec = spec(TOKEN_REF + "\n" + CA_REF);
    hold("network", "cloud", Map.of("token", "first"));
    Secret authorities = hold("network", "ca", Map.of("ca.crt", PEM));
    String first = source.read("network", spec).version();

    String unchanged = source.read("network", spec).version();
    authorities.getData().put("ca.crt", encoded(PEM + PEM));
    kubernetes.client().resource(authorities).update();
    String changed = source.read("network", spec).version();

    assertThat(unchanged).isEqualTo(first).doesNotContain("first");
    assertThat(changed).isNotEqualTo(first);
  }

  @Test
  void saysWhichSecretIsAbsent() {
    SyncFailure failure = failure(TOKEN_REF);

    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_NOT_FOUND);
    assertThat(failure)
        .hasMessage(
            "spec.credentials.secretRef names Secret cloud, which does not exist in namespace"
                + " network");
  }

  @Test
  void saysWhichAuthoritiesAreAbsent() {
    SyncFailure failure = failure(CA_REF);

    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_NOT_FOUND);
    assertThat(failure)
        .hasMessage(
            "spec.tls.caSecretRef names Secret ca, which does not exist in namespace network");
  }

  @Test
  void saysThatTheTokenIsMissing() {
    hold("network", "cloud", Map.of("Token", "s3cret"));

    assertInvalid(
        failure(TOKEN_REF),
        "Secret cloud has neither the key token, nor the keys accessKey and secretKey, nor the keys"
            + " username, password and domainName");
  }

  @Test
  void saysThatASecretHasNoKeyAtAll() {
    hold("network", "cloud", null);

    assertInvalid(
        failure(TOKEN_REF),
        "Secret cloud has neither the key token, nor the keys accessKey and secretKey, nor the keys"
            + " username, password and domainName");
  }

  @Test
  void namesTheKeysThatAreThereInsteadOfAToken() {
    hold("network", "cloud", Map.of("username", "s3cret", "password", "s3cret"));

    assertInvalid(
        failure(TOKEN_REF), "Secret cloud has [password, username] and lacks [domainName]");
  }

  @Test
  void refusesMixedKeys() {
    hold("network", "cloud", Map.of("token", "s3cret", "accessKey", "s3cret"));

    assertInvalid(
        failure(TOKEN_REF),
        "Secret cloud mixes credentials: [accessKey, token]; keep token alone, or accessKey and"
            + " secretKey, with securityToken if there is one, or username, password and"
            + " domainName");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " \n", "s3cret s3cret", "s3cret\r\nX-Evil: 1", "s3crét", "s3cret\u0000"})
  void refusesATokenThatIsNoHeaderValue(String token) {
    hold("network", "cloud", Map.of("token", token));

    assertInvalid(
        failure(TOKEN_REF),
        "Secret cloud has a token that is empty or holds characters that cannot be sent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s3cret", "-----BEGIN PRIVATE KEY-----\ns3cret"})
  void refusesAuthoritiesWithoutACertificate(String pem) {
    hold("network", "ca", Map.of("ca.crt", pem));

    assertInvalid(failure(CA_REF), "Secret ca has no key ca.crt with PEM certificates");
  }

  @Test
  void refusesAuthoritiesUnderAnotherKey() {
    hold("network", "ca", Map.of("tls.crt", PEM));

    assertInvalid(failure(CA_REF), "Secret ca has no key ca.crt with PEM certificates");
  }

  @Test
  void saysThatTheSecretMayNotBeRead() {
    kubernetes.hook((method, path) -> refusal(403, "secrets \"cloud\" is forbidden"));

    SyncFailure failure = failure(TOKEN_REF);

    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_NOT_FOUND);
    assertThat(failure)
        .hasMessage("Secret cloud could not be read: 403 secrets \"cloud\" is forbidden");
  }

  @Test
  void saysThatTheServerGivesNoAnswer() {
    kubernetes.stop();

    SyncFailure failure = failure(TOKEN_REF);

    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_NOT_FOUND);
    assertThat(failure)
        .hasMessageStartingWith(
            "Secret cloud could not be read: the Kubernetes API gave no answer: ");
  }

  @ParameterizedTest
  @CsvSource({"nodeAgency: {}, NodeAgency[]", "podIdentity: {}, PodIdentity[]"})
  void readsNoSecretForTheOperatorsOwnIdentity(String credentials, String kind) throws Exception {
    Supplied supplied = source.read("network", spec("credentials: {" + credentials + "}"));

    assertThat(supplied.credentials()).hasToString(kind);
    assertThat(supplied.version()).isEmpty();
    assertThat(kubernetes.requests()).isEmpty();
  }

  @Test
  void readsALoginForTheIdentityServiceThatTheSpecNames() throws Exception {
    hold("network", "cloud", Map.of("username", "u", "password", "p\n", "domainName", "d"));

    Supplied supplied =
        source.read(
            "network",
            spec(
                "credentials: {secretRef: {name: cloud}, iamEndpoint: 'https://iam.example.com'}"));

    assertThat(supplied.credentials())
        .isEqualTo(new Credentials.Login("u", "p", "d", URI.create("https://iam.example.com")));
  }

  @Test
  void asksForTheIdentityServiceThatALoginNeeds() {
    hold("network", "cloud", Map.of("username", "u", "password", "s3cret", "domainName", "d"));

    SyncFailure failure = failure(TOKEN_REF);

    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_SPEC);
    assertThat(failure)
        .hasMessageStartingWith("spec.credentials.iamEndpoint is missing: ")
        .hasMessageNotContaining("s3cr");
  }

  @Test
  void quotesNothingOfAnAnswerThatItCannotRead() {
    kubernetes.hook(
        (method, path) ->
            new MockResponse()
                .setResponseCode(200)
                .setHeader("Content-Type", "application/json")
                .setBody("{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"data\": \"s3cret\"}"));

    SyncFailure failure = failure("credentials: {secretRef: {name: cloud}}");

    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_NOT_FOUND);
    assertThat(failure)
        .hasMessage("Secret cloud could not be read: the Kubernetes API's answer is unreadable");
  }

  private static void assertInvalid(SyncFailure failure, String message) {
    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_INVALID);
    assertThat(failure).hasMessage(message).hasMessageNotContaining("s3cr");
  }

  private SyncFailure failure(String spec) {
    return catchThrowableOfType(SyncFailure.class, () -> source.read("network", spec(spec)));
  }

  private Secret hold(String namespace, String name, Map<String, String> values) {
    Map<String, String> data = new HashMap<>();
    if (values != null) {
      values.forEach((key, value) -> data.put(key, encoded(value)));
    }
    return kubernetes
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withData(values == null ? null : data)
                .build())
        .create();
  }

  private static String encoded(String value) {
    return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }

  private static VpcEndpointProjectSpec spec(String yaml) {
    return new KubernetesSerialization().unmarshal(yaml, VpcEndpointProjectSpec.class);
  }
}
