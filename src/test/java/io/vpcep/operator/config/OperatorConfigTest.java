package io.vpcep.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorConfigTest {

  @Test
  void hasDefaultsForEverything() throws InvalidSettings {
    OperatorConfig config = OperatorConfig.read(Map.of());

    assertThat(config)
        .isEqualTo(
            new OperatorConfig(
                List.of(),
                "",
                8080,
                new LeaderElection(true, "vpcep-operator", null),
                new EndpointRules(List.of(), false),
                LogFormat.TEXT));
  }

  @Test
  void readsEveryKey() throws InvalidSettings {
    Map<String, String> settings = new HashMap<>();
    settings.put("VPCEP_WATCH_NAMESPACES", "network, staging,network");
    settings.put("VPCEP_PROJECT_SELECTOR", "team in (blue,red),!legacy");
    settings.put("VPCEP_HTTP_PORT", "0");
    settings.put("VPCEP_LEADER_ELECTION", "False");
    settings.put("VPCEP_LEASE_NAME", "vpcep.blue");
    settings.put("POD_NAMESPACE", "vpcep-system");
    settings.put("VPCEP_ALLOWED_ENDPOINTS", "vpcep.*.MyHuaweiCloud.com,10.0.0.1");
    settings.put("VPCEP_ALLOW_INSECURE_ENDPOINTS", "TRUE");
    settings.put("VPCEP_LOG_FORMAT", "JSON");

    OperatorConfig config = OperatorConfig.read(settings);

    assertThat(config)
        .isEqualTo(
            new OperatorConfig(
                List.of("network", "staging"),
                "team in (blue,red),!legacy",
                0,
                new LeaderElection(false, "vpcep.blue", "vpcep-system"),
                new EndpointRules(List.of("vpcep.*.myhuaweicloud.com", "10.0.0.1"), true),
                LogFormat.JSON));
  }

  @Test
  void takesABlankValueForNone() throws InvalidSettings {
    OperatorConfig config =
        OperatorConfig.read(Map.of("VPCEP_HTTP_PORT", " ", "POD_NAMESPACE", ""));

    assertThat(config).isEqualTo(OperatorConfig.read(Map.of()));
  }

  @Test
  void reportsAllProblemsAtOnce() {
    Map<String, String> settings = new HashMap<>();
    settings.put("VPCEP_WATCH_NAMESPACES", "Network,");
    settings.put("VPCEP_PROJECT_SELECTOR", "team blue");
    settings.put("VPCEP_HTTP_PORT", "65536");
    settings.put("VPCEP_LEADER_ELECTION", "yes");
    settings.put("VPCEP_LEASE_NAME", "my lease");
    settings.put("POD_NAMESPACE", "a.b");
    settings.put("VPCEP_ALLOWED_ENDPOINTS", "https://vpcep.example.com");
    settings.put("VPCEP_ALLOW_INSECURE_ENDPOINTS", "1");
    settings.put("VPCEP_LOG_FORMAT", "xml");
    settings.put("VPCEP_HTP_PORT", "8081");

    InvalidSettings invalid = failure(settings);

    assertThat(invalid.problems())
        .containsExactlyInAnyOrder(
            "VPCEP_WATCH_NAMESPACES (--watch-namespaces) is \"Network\": write names of"
                + " namespaces, separated by single commas: lower-case letters, digits and '-',"
                + " 63 characters at most",
            "VPCEP_WATCH_NAMESPACES (--watch-namespaces) is \"\": write names of namespaces,"
                + " separated by single commas: lower-case letters, digits and '-', 63 characters"
                + " at most",
            "VPCEP_PROJECT_SELECTOR (--project-selector) is \"team blue\": write a label selector"
                + " such as team=blue,tier!=test or team in (blue,red)",
            "VPCEP_HTTP_PORT (--http-port) is \"65536\": write a whole number from 0 (any free"
                + " port) to 65535",
            "VPCEP_LEADER_ELECTION (--leader-election) is \"yes\": write true or false",
            "VPCEP_LEASE_NAME (--lease-name) is \"my lease\": write the name of a Lease:"
                + " lower-case letters, digits, '-' and '.', 253 characters at most",
            "POD_NAMESPACE is \"a.b\": write the name of the pod's namespace",
            "VPCEP_ALLOWED_ENDPOINTS (--allowed-endpoints) is \"https://vpcep.example.com\": write"
                + " hosts alone, without scheme, port or path, separated by single commas, such as"
                + " vpcep.*.myhuaweicloud.com, where * stands for one whole label",
            "VPCEP_ALLOW_INSECURE_ENDPOINTS (--allow-insecure-endpoints) is \"1\": write true or"
                + " false",
            "VPCEP_LOG_FORMAT (--log-format) is \"xml\": write text or json",
            "VPCEP_HTP_PORT is not a setting: did you mean VPCEP_HTTP_PORT?");
    assertThat(invalid).hasMessage(String.join("\n", invalid.problems()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "http", "0x50", "99999", "999999999999", "+80", "8080.0"})
  void refusesWhatIsNoPort(String port) {
    assertThat(failure(Map.of("VPCEP_HTTP_PORT", port)).problems()).hasSize(1);
  }

  @Test
  void keepsAProblemOnOneShortLine() {
    String value = "a\nVPCEP_FAKE is fine" + "x".repeat(5000);

    List<String> problems = failure(Map.of("VPCEP_LEASE_NAME", value)).problems();

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem)
                    .contains("a?VPCEP_FAKE")
                    .doesNotContain("\n")
                    .hasSizeLessThan(400));
  }

  @ParameterizedTest
  @CsvSource({
    "VPCEP_WATCH_NAMESPACE, VPCEP_WATCH_NAMESPACES",
    "VPCEP_LOGFORMAT, VPCEP_LOG_FORMAT",
    "vpcep_lease_name, VPCEP_LEASE_NAME",
    "VPCEP_ALLOW_INSECURE, VPCEP_ALLOW_INSECURE_ENDPOINTS"
  })
  void suggestsTheNearestName(String mistyped, String meant) {
    assertThat(failure(Map.of(mistyped, "x")).problems())
        .containsExactly(mistyped + " is not a setting: did you mean " + meant + "?");
  }

  @Test
  void doesNotShowTheValueOfAnUnknownName() {
    assertThat(failure(Map.of("VPCEP_SECRETKEY", "hush"))).message().doesNotContain("hush");
  }

  @Test
  void leavesOtherProgramsAndCommandsAlone() throws InvalidSettings {
    Map<String, String> settings =
        Map.of("PATH", "/bin", "HTTP_PORT", "x", "VPCEP_TOKEN", "t", "VPCEP_SECRET_KEY", "s");

    assertThat(OperatorConfig.read(settings)).isEqualTo(OperatorConfig.read(Map.of()));
  }

  private static InvalidSettings failure(Map<String, String> settings) {
    return catchThrowableOfType(InvalidSettings.class, () -> OperatorConfig.read(settings));
  }
}
