package io.vpcep.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceLinksTest {

  @ParameterizedTest
  @ValueSource(strings = {"VPCEP", "VPCEP_OPERATOR", "VPCEP_OPERATOR_METRICS", "VPCEP_HTTP"})
  void toleratesWhatKubernetesSetsForAService(String service) throws InvalidSettings {
    Map<String, String> environment = linksOf(service);

    OperatorConfig config = OperatorConfig.read(environment);

    assertThat(config).isEqualTo(OperatorConfig.read(Map.of()));
  }

  @Test
  void keepsThePortThatTheUserSetBesideAServiceOfThatName() throws InvalidSettings {
    Map<String, String> environment = linksOf("VPCEP_HTTP");
    environment.put("VPCEP_HTTP_PORT", "9090");

    OperatorConfig config = OperatorConfig.read(environment);

    assertThat(config.httpPort()).isEqualTo(9090);
  }

  @Test
  void stillFindsATypingErrorBesideAService() {
    Map<String, String> environment = linksOf("VPCEP_OPERATOR");
    environment.put("VPCEP_HTP_PORT", "9090");
    environment.put("VPCEP_OPERATOR_PORTS", "9090");

    assertThatThrownBy(() -> OperatorConfig.read(environment))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("VPCEP_HTP_PORT is not")
        .hasMessageContaining("VPCEP_OPERATOR_PORTS is not");
  }

  @Test
  void findsAPortThatNoServiceExplains() {
    assertThatThrownBy(() -> OperatorConfig.read(Map.of("VPCEP_OPERATOR_PORT", "tcp://1.2.3.4:5")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("VPCEP_OPERATOR_PORT is not");
  }

  private static Map<String, String> linksOf(String service) {
    Map<String, String> links = new HashMap<>();
    links.put(service + "_SERVICE_HOST", "10.0.0.1");
    links.put(service + "_SERVICE_PORT", "8080");
    links.put(service + "_SERVICE_PORT_HTTP_METRICS", "8080");
    links.put(service + "_PORT", "tcp://10.0.0.1:8080");
    links.put(service + "_PORT_8080_TCP", "tcp://10.0.0.1:8080");
    links.put(service + "_PORT_8080_TCP_PROTO", "tcp");
    links.put(service + "_PORT_8080_TCP_PORT", "8080");
    links.put(service + "_PORT_8080_TCP_ADDR", "10.0.0.1");
    return links;
  }
}
