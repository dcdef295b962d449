package io.vpcep.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeysTest {
  private static SyncFailure refused(Map<String, String> values) {
    return catchThrowableOfType(SyncFailure.class, () -> SecretKeys.credentials("cloud", values));
  }

  @Test
  void readsAToken() throws SyncFailure {
    Credentials credentials =
        SecretKeys.credentials("cloud", Map.of("token", " abc\n", "unrelated", "x"));

    assertThat(credentials).isEqualTo(new Credentials.Token("abc"));
  }

  @Test
  void neverShowsAToken() {
    assertThat(new Credentials.Token("abc").toString()).doesNotContain("abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "hunter2 hunter2", "hunter2\r\nX-Evil: 1", "hunter2é"})
  void refusesATokenThatIsNoHeaderValueAndDoesNotShowIt(String token) {
    SyncFailure failure = refused(Map.of("token", token));

    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_INVALID);
    assertThat(failure.getMessage()).contains("cloud", "token").doesNotContain("hunter2");
  }

  @Test
  void refusesASecretWithoutKnownKeys() {
    SyncFailure failure = refused(Map.of("hunter2", "hunter2"));

    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_INVALID);
    assertThat(failure.getMessage()).contains("token").doesNotContain("hunter2");
  }

  @Test
  void refusesAMixtureAndNamesItsKeys() {
    SyncFailure failure = refused(Map.of("token", "hunter2", "accessKey", "hunter2"));

    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_INVALID);
    assertThat(failure.getMessage()).contains("accessKey", "token").doesNotContain("hunter2");
  }

  @Test
  void readsAuthorities() throws SyncFailure {
    String pem = "-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n";

    assertThat(SecretKeys.authorities("ca", Map.of("ca.crt", pem))).isEqualTo(pem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ca.crt", "tls.crt"})
  void refusesASecretWithoutCertificates(String key) {
    SyncFailure failure =
        catchThrowableOfType(
            SyncFailure.class, () -> SecretKeys.authorities("ca", Map.of(key, "nonsense")));

    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_INVALID);
    assertThat(failure).hasMessageContaining("ca.crt");
  }
}
