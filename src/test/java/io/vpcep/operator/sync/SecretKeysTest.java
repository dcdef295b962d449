package io.vpcep.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeysTest {
  private static final Optional<URI> IAM = Optional.of(URI.create("https://iam.example.com"));

  private static SyncFailure refused(Map<String, String> values) {
    return catchThrowableOfType(
        SyncFailure.class, () -> SecretKeys.credentials("cloud", values, IAM));
  }

  private static Map<String, String> all(String keys) {
    return Arrays.stream(keys.split("\\+")).collect(Collectors.toMap(key -> key, key -> "hunter2"));
  }

  @Test
  void readsAToken() throws SyncFailure {
    Credentials credentials =
        SecretKeys.credentials("cloud", Map.of("token", " abc\n", "unrelated", "x"), IAM);

    assertThat(credentials).isEqualTo(new Credentials.Token("abc"));
  }

  @Test
  void readsAKeyPair() throws SyncFailure {
    Credentials credentials =
        SecretKeys.credentials(
            "cloud", Map.of("accessKey", " AK\n", "secretKey", "\tS/K+=\r\n"), IAM);

    assertThat(credentials).isEqualTo(new Credentials.AccessKey("AK", "S/K+=", null));
  }

  @Test
  void readsATemporaryKeyPair() throws SyncFailure {
    Credentials credentials =
        SecretKeys.credentials(
            "cloud",
            Map.of("accessKey", "AK", "secretKey", "SK", "securityToken", "ST\n", "other", "x"),
            IAM);

    assertThat(credentials).isEqualTo(new Credentials.AccessKey("AK", "SK", "ST"));
  }

  @Test
  void neverShowsCredentials() {
    assertThat(new Credentials.Token("abc").toString()).doesNotContain("abc");
    assertThat(new Credentials.AccessKey("abc", "def", "ghi").toString())
        .doesNotContain("abc", "def", "ghi");
  }

  @ParameterizedTest
  @ValueSource(strings = {"accessKey", "secretKey", "securityToken"})
  void refusesAValueThatIsEmptyOrCannotBeSentAndNamesItsKey(String key) {
    for (String bad : List.of("", " \n", "hunter2 hunter2", "hunter2\nhunter2", "hunter2é")) {
      Map<String, String> values = new HashMap<>();
      List.of("accessKey", "secretKey", "securityToken")
          .forEach(good -> values.put(good, "hunter2"));
      values.put(key, bad);

      SyncFailure failure = refused(values);

      assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_INVALID);
      assertThat(failure.getMessage())
          .contains("Secret cloud", "a " + key + " that is empty")
          .doesNotContain("hunter2");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "accessKey, has [accessKey] and lacks [secretKey]",
    "secretKey, has [secretKey] and lacks [accessKey]",
    "securityToken, 'has [securityToken] and lacks [accessKey, secretKey]'",
    "secretKey+securityToken, 'has [secretKey, securityToken] and lacks [accessKey]'",
    "username, 'has [username] and lacks [domainName, password]'",
    "password+domainName, 'has [domainName, password] and lacks [username]'",
  })
  void refusesAHalfPairAndNamesWhatItLacks(String keys, String problem) {
    SyncFailure failure = refused(all(keys));

    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_INVALID);
    assertThat(failure).hasMessage("Secret cloud " + problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token+securityToken",
        "token+accessKey+secretKey",
        "accessKey+secretKey+username+password+domainName",
        "accessKey+password",
        "token+username",
        "token+username+password+domainName",
        "username+password+domainName+securityToken",
      })
  void refusesAMixtureOfKindsAndNamesItsKeys(String keys) {
    SyncFailure failure = refused(all(keys));

    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_INVALID);
    assertThat(failure.getMessage())
        .contains("mixes credentials")
        .contains(keys.split("\\+"))
        .doesNotContain("hunter2");
  }

  @Test
  void readsALogin() throws SyncFailure {
    Credentials credentials =
        SecretKeys.credentials(
            "cloud",
            Map.of(
                "username", " Jörg\n", "password", " p\u0007 \"é\n \r\n\n", "domainName", "acme\n"),
            IAM);

    assertThat(credentials)
        .isEqualTo(new Credentials.Login("Jörg", " p\u0007 \"é\n ", "acme", IAM.get()));
    assertThat(credentials.toString()).doesNotContain("p\u0007", "Jörg", "acme");
  }

  @Test
  void refusesALoginWithoutAnIdentityService() {
    SyncFailure failure =
        catchThrowableOfType(
            SyncFailure.class,
            () ->
                SecretKeys.credentials(
                    "cloud", all("username+password+domainName"), Optional.empty()));

    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_SPEC);
    assertThat(failure.getMessage())
        .startsWith("spec.credentials.iamEndpoint is missing: ")
        .contains("Secret cloud", "https://iam.")
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"username", "password", "domainName"})
  void refusesAPartOfALoginThatIsEmptyOrUnreadableAndNamesItsKey(String key) {
    for (String bad : List.of("", "\n", "\r\n", "hunter2\ufffd")) {
      Map<String, String> values = new HashMap<>(all("username+password+domainName"));
      values.put(key, bad);

      SyncFailure failure = refused(values);

      assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_INVALID);
      assertThat(failure.getMessage())
          .contains("Secret cloud", "a " + key + " that is empty")
          .doesNotContain("hunter2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"username", "domainName"})
  void refusesControlCharactersInAName(String key) {
    Map<String, String> values = new HashMap<>(all("username+password+domainName"));
    values.put(key, "hunter2\u0007hunter2");

    SyncFailure failure = refused(values);

    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_INVALID);
    assertThat(failure.getMessage()).contains("a " + key).doesNotContain("hunter2");
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
