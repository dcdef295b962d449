package io.vpcep.operator.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.vpcep.operator.config.InvalidSettings;
import io.vpcep.operator.config.OperatorConfig;
import io.vpcep.operator.config.Setting;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart's schema; that it accepts every right value is shown where they are rendered. */
class HelmValuesTest {
  @Test
  void lintHasNothingToSayOfAnyValue(@TempDir Path copy) {
    Manifests.copy(Manifests.CHART, copy);
    Manifests.write(copy.resolve("values.yaml"), HelmChartTest.ALL_VALUES);

    LintResult result = new Helm(copy).lint().strict().quiet().call();

    assertThat(result.getMessages()).isEmpty();
    assertThat(result.isFailed()).isFalse();
  }

  @Test
  void theseTestsSetEveryValueThatIsDocumented() {
    String documented = Manifests.text(Manifests.CHART.resolve("values.yaml"));

    assertThat(Manifests.keys(HelmChartTest.ALL_VALUES))
        .containsAll(Manifests.keys(documented))
        .contains("metrics.serviceMonitor.interval");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {httpport: 8080}                                  | httpport
          {httpPort: "8080"}                                | httpPort
          {httpPort: 80}                                    | httpPort
          {httpPort: 65536}                                 | httpPort
          {replicas: -1}                                    | replicas
          {replicas: 2, leaderElection: {enabled: false}}   | replicas
          {watchNamespaces: "red,blue"}                     | watchNamespaces
          {watchNamespaces: [Red]}                          | watchNamespaces
          {watchNamespaces: [red, red]}                     | watchNamespaces
          {projectSelector: "a=b; c"}                       | projectSelector
          {allowedEndpoints: ["https://vpcep.example.com"]} | allowedEndpoints
          {allowInsecureEndpoints: "yes"}                   | allowInsecureEndpoints
          {logFormat: xml}                                  | logFormat
          {leaderElection: true}                            | leaderElection
          {leaderElection: {lease: x}}                      | lease
          {leaderElection: {leaseName: Up_}}                | leaseName
          {image: {repository: ""}}                         | repository
          {image: {tag: "a b"}}                             | tag
          {image: {pullPolicy: Sometimes}}                  | pullPolicy
          {imagePullSecrets: [registry]}                    | imagePullSecrets
          {resources: {memory: 1Gi}}                        | memory
          {resources: {limits: {memory: much}}}             | memory
          {podLabels: {a: 1}}                               | podLabels
          {tolerations: {key: a}}                           | tolerations
          {extraEnv: {A: b}}                                | extraEnv
          {extraEnv: [{value: b}]}                          | extraEnv
          {serviceAccount: {create: maybe}}                 | create
          {rbac: {enabled: true}}                           | enabled
          {metrics: {serviceMonitor: {interval: often}}}    | interval
          {metrics: {prometheusRule: {staleAfter: 30m}}}    | staleAfter
          {metrics: {prometheusRule: {staleAfterSeconds: 0}}} | staleAfterSeconds
          {metrics: {dashboard: {labels: {a: 1}}}}          | labels
          {metrics: {dashboard: {uid: x}}}                  | uid
          """)
  void refusesWrongValuesByName(String values, String name) {
    assertThatThrownBy(() -> Manifests.chart("shop", "shop", values))
        .hasMessageContaining("values don't meet the specifications of the schema")
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "vpcep.*.myhuaweicloud.com",
        "VPCEP.Example.com",
        "*.*.example.com",
        "10.0.0.1",
        "localhost",
        "xn--bcher-kva.de"
      })
  void takesTheEndpointsThatTheOperatorTakes(String host) throws InvalidSettings {
    OperatorConfig.read(allowing(host));

    assertThat(Manifests.chart("shop", "shop", "allowedEndpoints: ['" + host + "']")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vpc*.example.com",
        "**",
        "*-b.example.com",
        "vpcep.example.com:443",
        "vpcep.example.com/v1",
        ".example.com",
        "example.com.",
        "vpcep..example.com",
        "-vpcep.example.com",
        "vpcep-.example.com",
        "under_score.example.com",
        "a23456789-123456789-123456789-123456789-123456789-123456789-1234.example.com"
      })
  void refusesTheEndpointsThatTheOperatorRefuses(String host) {
    assertThatThrownBy(() -> OperatorConfig.read(allowing(host)))
        .isInstanceOf(InvalidSettings.class);

    assertThatThrownBy(() -> Manifests.chart("shop", "shop", "allowedEndpoints: ['" + host + "']"))
        .hasMessageContaining("allowedEndpoints");
  }

  private static Map<String, String> allowing(String host) {
    return Map.of(Setting.ALLOWED_ENDPOINTS.environmentName(), host);
  }
}
