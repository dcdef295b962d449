package io.vpcep.operator.cloud.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.net.URI;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
  private static Authentication with(Credentials credentials) throws SyncFailure {
    return Authentication.with(credentials, "p", InstantSource.system());
  }

  private static SyncFailure refused(Credentials credentials) {
    return catchThrowableOfType(SyncFailure.class, () -> with(credentials));
  }

  @Test
  void hasNoSecretsWithoutCredentials() throws Exception {
    assertThat(with(new Credentials.None()).secrets()).isEmpty();
  }

  @Test
  void dropsTheLineFeedAtTheEndOfAToken() throws Exception {
    assertThat(with(new Credentials.Token("t0ken\n")).secrets()).containsExactly("t0ken");
  }

  @Test
  void hidesEveryPartOfAKeyPair() throws Exception {
    assertThat(with(new Credentials.AccessKey("AK\n", " SK\n", null)).secrets())
        .containsExactly("AK", "SK");
    assertThat(with(new Credentials.AccessKey("AK", "SK", "ST\n")).secrets())
        .containsExactly("AK", "SK", "ST");
  }

  @Test
  void sendsNoCredentialsThatAreToBeExchanged() {
    assertThatThrownBy(
            () -> with(new Credentials.Login("u", "S3CR3T", "d", URI.create("https://iam"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Login is to be exchanged for what can be sent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "S3CR\u00c9T", "S3C R3T", "S3C\nR3T", "S3C\u0000R3T"})
  void refusesATokenThatNoHeaderCanHold(String token) {
    // When
    SyncFailure failure = refused(new Credentials.Token(token));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_INVALID);
    assertThat(failure.getMessage()).contains("token").doesNotContain("S3C");
  }

  @ParameterizedTest
  @CsvSource({
    "'', S3C, S3C, accessKey",
    "S3C R3T, S3C, S3C, accessKey",
    "S3C, ' ', , secretKey",
    "S3C, S3CRÉT, , secretKey",
    "S3C, S3C, '', securityToken",
    "S3C, S3C, S3C R3T, securityToken",
  })
  void refusesAPartOfAKeyPairThatNoHeaderCanHold(
      String accessKey, String secretKey, String securityToken, String named) {
    // When
    SyncFailure failure = refused(new Credentials.AccessKey(accessKey, secretKey, securityToken));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_INVALID);
    assertThat(failure.getMessage()).startsWith(named + " is empty or").doesNotContain("S3C");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "p 1", "pé", "p\n1"})
  void refusesToSignForAProjectIdThatNoHeaderCanHold(String projectId) {
    // When
    SyncFailure failure =
        catchThrowableOfType(
            SyncFailure.class,
            () ->
                Authentication.with(
                    new Credentials.AccessKey("AK", "SK", null),
                    projectId,
                    InstantSource.system()));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_SPEC);
    assertThat(failure).hasMessageContaining("spec.projectId");
  }
}
