package io.vpcep.operator.cloud.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {

  @Test
  void hasNoSecretsWithoutCredentials() throws Exception {
    assertThat(Authentication.with(new Credentials.None()).secrets()).isEmpty();
  }

  @Test
  void dropsTheLineFeedAtTheEndOfAToken() throws Exception {
    assertThat(Authentication.with(new Credentials.Token("t0ken\n")).secrets())
        .containsExactly("t0ken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "S3CR\u00c9T", "S3C R3T", "S3C\nR3T", "S3C\u0000R3T"})
  void refusesATokenThatNoHeaderCanHold(String token) {
    // When
    SyncFailure failure =
        catchThrowableOfType(
            SyncFailure.class, () -> Authentication.with(new Credentials.Token(token)));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_INVALID);
    assertThat(failure.getMessage()).contains("token").doesNotContain("S3C");
  }
}
