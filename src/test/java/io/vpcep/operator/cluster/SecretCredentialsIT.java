package io.vpcep.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.NodeAgency;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.SecretReference;
import io.vpcep.operator.kube.ApiServer;
import io.vpcep.operator.sync.CredentialSource.Supplied;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets, read with the shipped rights from the real API server. */
class SecretCredentialsIT {
  private static final String VALUE = "s3cr3t-value";

  private final String namespace = "secrets-" + UUID.randomUUID().toString().substring(0, 8);
  private KubernetesClient admin;
  private KubernetesClient client;
  private SecretCredentials credentials;

  @BeforeEach
  void start() {
    admin = ApiServer.adminClient();
    client = ApiServer.operatorClient();
    admin
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    credentials = new SecretCredentials(client);
  }

  @AfterEach
  void stop() {
    if (client != null) {
      client.close();
      admin.close();
    }
  }

  private static VpcEndpointProjectSpec spec(
      VpcEndpointProjectSpec.Credentials from, VpcEndpointProjectSpec.Tls tls) {
    return new VpcEndpointProjectSpec(
        "https://cloud.example", "p", from, tls, null, null, null, null, null, null, null);
  }

  private static VpcEndpointProjectSpec.Credentials secretRef() {
    return new VpcEndpointProjectSpec.Credentials(new SecretReference("cloud"), null, null, null);
  }

  private Secret secret(String name, Map<String, String> values) {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .endMetadata()
            .withStringData(values)
            .build();
    return admin.resource(secret).create();
  }

  private SyncFailure failure(VpcEndpointProjectSpec spec) {
    SyncFailure failure =
        catchThrowableOfType(SyncFailure.class, () -> credentials.read(namespace, spec));
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).doesNotContain(VALUE);
    return failure;
  }

  @Test
  void sendsNothingWhereNothingIsNamed() throws SyncFailure {
    Supplied supplied = credentials.read(namespace, spec(null, null));

    assertThat(supplied.credentials()).isEqualTo(new Credentials.None());
    assertThat(supplied.caCertificates()).isNull();
  }

  @Test
  void readsATokenAndNoticesThatItChanged() throws SyncFailure {
    Secret secret = secret("cloud", Map.of("token", VALUE + "\n"));

    Supplied supplied = credentials.read(namespace, spec(secretRef(), null));
    secret.setStringData(Map.of("token", "other"));
    admin.resource(secret).update();
    Supplied changed = credentials.read(namespace, spec(secretRef(), null));

    assertThat(supplied.credentials()).isEqualTo(new Credentials.Token(VALUE));
    assertThat(supplied.toString()).doesNotContain(VALUE);
    assertThat(changed.credentials()).isEqualTo(new Credentials.Token("other"));
    assertThat(changed.version()).isNotEqualTo(supplied.version());
  }

  @Test
  void saysThatASecretIsAbsent() {
    SyncFailure failure = failure(spec(secretRef(), null));

    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_NOT_FOUND);
    assertThat(failure)
        .hasMessageContaining("spec.credentials.secretRef")
        .hasMessageContaining("cloud");
  }

  @Test
  void saysWhatASecretLacks() {
    secret("cloud", Map.of("tokken", VALUE));

    SyncFailure failure = failure(spec(secretRef(), null));

    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_INVALID);
    assertThat(failure).hasMessageContaining("token");
  }

  @Test
  void refusesAMixture() {
    secret("cloud", Map.of("token", VALUE, "accessKey", VALUE));

    assertThat(failure(spec(secretRef(), null)).reason()).isEqualTo(FailureReason.SECRET_INVALID);
  }

  @Test
  void readsCertificates() throws SyncFailure {
    String pem = "-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n";
    secret("ca", Map.of("ca.crt", pem));

    Supplied supplied =
        credentials.read(
            namespace, spec(null, new VpcEndpointProjectSpec.Tls(new SecretReference("ca"))));

    assertThat(supplied.caCertificates()).isEqualTo(pem);
  }

  @Test
  void saysThatCertificatesAreNone() {
    secret("ca", Map.of("ca.crt", VALUE));

    SyncFailure failure =
        failure(spec(null, new VpcEndpointProjectSpec.Tls(new SecretReference("ca"))));

    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_INVALID);
    assertThat(failure).hasMessageContaining("ca.crt");
  }

  @Test
  void saysThatItMayNotRead() {
    try (KubernetesClient stranger = ApiServer.clientFor(namespace, "stranger")) {
      secret("cloud", Map.of("token", VALUE));

      SyncFailure failure =
          catchThrowableOfType(
              SyncFailure.class,
              () -> new SecretCredentials(stranger).read(namespace, spec(secretRef(), null)));

      assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_NOT_FOUND);
      assertThat(failure).hasMessageContaining("403").hasMessageNotContaining(VALUE);
    }
  }

  @Test
  void readsALogin() throws SyncFailure {
    secret("cloud", Map.of("username", "u", "password", VALUE + "\n", "domainName", "d"));
    String iam = "https://iam.example.com";

    Supplied supplied =
        credentials.read(
            namespace,
            spec(
                new VpcEndpointProjectSpec.Credentials(
                    new VpcEndpointProjectSpec.SecretReference("cloud"), null, null, iam),
                null));

    assertThat(supplied.credentials())
        .isEqualTo(new Credentials.Login("u", VALUE, "d", URI.create(iam)));
    assertThat(supplied.toString()).doesNotContain(VALUE);
  }

  @Test
  void readsNoSecretForTheAgencyOfTheNode() throws SyncFailure {
    Supplied supplied =
        credentials.read(
            namespace,
            spec(new VpcEndpointProjectSpec.Credentials(null, new NodeAgency(), null, null), null));

    assertThat(supplied.credentials()).isEqualTo(new Credentials.NodeAgency());
  }
}
