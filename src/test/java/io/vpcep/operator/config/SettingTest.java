package io.vpcep.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingTest {

  @Test
  void isNamedAsVariableAndAsOption() {
    Map<String, String> names = new HashMap<>();
    Arrays.stream(Setting.values())
        .forEach(setting -> names.put(setting.environmentName(), setting.optionName()));

    assertThat(names)
        .containsOnly(
            Map.entry("VPCEP_WATCH_NAMESPACES", "--watch-namespaces"),
            Map.entry("VPCEP_PROJECT_SELECTOR", "--project-selector"),
            Map.entry("VPCEP_HTTP_PORT", "--http-port"),
            Map.entry("VPCEP_LEADER_ELECTION", "--leader-election"),
            Map.entry("VPCEP_LEASE_NAME", "--lease-name"),
            Map.entry("VPCEP_ALLOWED_ENDPOINTS", "--allowed-endpoints"),
            Map.entry("VPCEP_ALLOW_INSECURE_ENDPOINTS", "--allow-insecure-endpoints"),
            Map.entry("VPCEP_LOG_FORMAT", "--log-format"));
  }

  @Test
  void hasDefaultsThatCouldBeWritten() throws InvalidSettings {
    Map<String, String> defaults = new HashMap<>();
    Arrays.stream(Setting.values())
        .forEach(setting -> defaults.put(setting.environmentName(), setting.defaultValue()));

    assertThat(OperatorConfig.read(defaults)).isEqualTo(OperatorConfig.read(Map.of()));
  }
}
