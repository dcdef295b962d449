package io.vpcep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.sync.Credentials;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentCredentialsTest {
  private static Credentials read(Map<String, String> variables) {
    EnvironmentCredentials credentials = new EnvironmentCredentials(variables);
    assertThat(credentials.problem()).isEmpty();
    return credentials.read();
  }

  @Test
  void sendsNoneWhereNoneAreSet() {
    assertThat(read(Map.of("PATH", "/bin", "VPCEP_TOKEN", " ", "VPCEP_SECURITY_TOKEN", "")))
        .isEqualTo(new Credentials.None());
  }

  @Test
  void readsAToken() {
    assertThat(read(Map.of("VPCEP_TOKEN", "t\n", "VPCEP_ACCESS_KEY", "")))
        .isEqualTo(new Credentials.Token("t"));
  }

  @Test
  void readsAKeyPair() {
    assertThat(
            read(
                Map.of(
                    "VPCEP_ACCESS_KEY", "AK\n",
                    "VPCEP_SECRET_KEY", " SK",
                    "VPCEP_SECURITY_TOKEN", "")))
        .isEqualTo(new Credentials.AccessKey("AK", "SK", null));
  }

  @Test
  void readsATemporaryKeyPair() {
    assertThat(
            read(
                Map.of(
                    "VPCEP_ACCESS_KEY", "AK",
                    "VPCEP_SECRET_KEY", "SK",
                    "VPCEP_SECURITY_TOKEN", "ST\n")))
        .isEqualTo(new Credentials.AccessKey("AK", "SK", "ST"));
  }

  @ParameterizedTest
  @CsvSource({
    "ACCESS_KEY, VPCEP_ACCESS_KEY is set without VPCEP_SECRET_KEY",
    "SECRET_KEY, VPCEP_SECRET_KEY is set without VPCEP_ACCESS_KEY",
    "SECURITY_TOKEN, 'VPCEP_SECURITY_TOKEN is set without VPCEP_ACCESS_KEY, VPCEP_SECRET_KEY'",
    "ACCESS_KEY+SECURITY_TOKEN,"
        + " 'VPCEP_ACCESS_KEY, VPCEP_SECURITY_TOKEN is set without VPCEP_SECRET_KEY'",
    "TOKEN+ACCESS_KEY+SECRET_KEY, 'VPCEP_TOKEN and VPCEP_ACCESS_KEY, VPCEP_SECRET_KEY are both set:"
        + " keep the one or the other'",
    "TOKEN+SECURITY_TOKEN,"
        + " 'VPCEP_TOKEN and VPCEP_SECURITY_TOKEN are both set: keep the one or the other'",
  })
  void namesHalfPairsAndMixturesWithoutTheirValues(String set, String problem) {
    Map<String, String> variables =
        Arrays.stream(set.split("\\+"))
            .collect(Collectors.toMap(name -> "VPCEP_" + name, name -> "hunter2"));

    assertThat(new EnvironmentCredentials(variables).problem()).contains(problem);
  }
}
