package io.vpcep.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.mockwebserver.http.MockResponse;
import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.SecretReference;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that a real API server would not give: it is down, broken, or says no. */
class SecretCredentialsTest {
  private static final String VALUE = "s3cr3t-value";

  private final MockApi api = new MockApi();
  private final SecretCredentials credentials = new SecretCredentials(api.client());

  @AfterEach
  void stop() {
    api.close();
  }

  private static VpcEndpointProjectSpec spec() {
    return new VpcEndpointProjectSpec(
        "https://cloud.example",
        "p",
        new VpcEndpointProjectSpec.Credentials(new SecretReference("cloud"), null, null, null),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private void create(byte[] token) {
    api.client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace("network")
                .withName("cloud")
                .endMetadata()
                .addToData("token", Base64.getEncoder().encodeToString(token))
                .build())
        .create();
  }

  private SyncFailure failure() {
    SyncFailure failure =
        catchThrowableOfType(SyncFailure.class, () -> credentials.read("network", spec()));
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage())
        .doesNotContain(VALUE)
        .doesNotContain(Base64.getEncoder().encodeToString(bytes(VALUE)));
    return failure;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500, 503})
  void saysWhatTheApiAnswered(int code) {
    create(bytes(VALUE));
    api.front(line -> MockApi.refusal(code, "not today"));

    SyncFailure failure = failure();

    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_NOT_FOUND);
    assertThat(failure).hasMessage("Secret cloud could not be read: " + code + " not today");
  }

  @Test
  void saysThatTheApiIsDown() {
    create(bytes(VALUE));
    api.fallSilent();

    SyncFailure failure = failure();

    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_NOT_FOUND);
    assertThat(failure)
        .hasMessageStartingWith(
            "Secret cloud could not be read: the Kubernetes API gave no answer");
  }

  @Test
  void quotesNothingOfAnAnswerThatItCannotRead() {
    api.front(
        line ->
            new MockResponse()
                .setResponseCode(200)
                .setHeader("Content-Type", "application/json")
                .setBody(
                    "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"data\": \"" + VALUE + "\"}"));

    SyncFailure failure = failure();

    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_NOT_FOUND);
    assertThat(failure)
        .hasMessage(
            "Secret cloud could not be read: the answer of the Kubernetes API could not be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n",
        VALUE + "\r\nX-Other: 1",
        VALUE + " " + VALUE,
        VALUE + "\u0000",
        VALUE + "ä"
      })
  void refusesATokenThatIsNoHeaderValue(String token) {
    create(bytes(token));

    assertThat(failure().reason()).isEqualTo(FailureReason.SECRET_INVALID);
  }

  @Test
  void refusesATokenThatIsNoText() {
    create(new byte[] {(byte) 0xff, (byte) 0xfe, 0x41});

    assertThat(failure().reason()).isEqualTo(FailureReason.SECRET_INVALID);
  }

  @Test
  void refusesASecretWithoutData() {
    api.client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace("network")
                .withName("cloud")
                .endMetadata()
                .build())
        .create();

    assertThat(failure().reason()).isEqualTo(FailureReason.SECRET_INVALID);
  }
}
