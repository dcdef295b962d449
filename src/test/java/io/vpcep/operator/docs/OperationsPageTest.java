package io.vpcep.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vpcep.operator.config.Setting;
import io.vpcep.operator.ops.OperatorMetrics;
import io.vpcep.operator.sync.FailureReason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page for operators names every setting, metric and reason. */
class OperationsPageTest {
  private static final Pattern METRIC = Pattern.compile("\\bvpcep_[a-z_]+");

  @ParameterizedTest
  @EnumSource(Setting.class)
  void everySettingHasARowWithOptionAndDefault(Setting setting) {
    String byDefault =
        setting.defaultValue().isEmpty() ? "| empty: " : "| `" + setting.defaultValue() + "` |";

    assertThat(Pages.row(Pages.OPERATIONS, setting.environmentName()))
        .hasValueSatisfying(
            row -> assertThat(row).contains("`" + setting.optionName() + "`", byDefault));
  }

  @ParameterizedTest
  @EnumSource(FailureReason.class)
  void everyReasonHasASectionThatSaysWhatToDo(FailureReason reason) {
    assertThat(Pages.text(Pages.OPERATIONS)).contains("\n### " + reason.constant() + "\n");
  }

  @Test
  void everyMetricOfTheOperatorHasARow() {
    List<String> names = metricNames();

    assertThat(names)
        .hasSizeGreaterThan(7)
        .allSatisfy(name -> assertThat(Pages.row(Pages.OPERATIONS, name)).as(name).isPresent());
  }

  @Test
  void everyMetricThatIsNamedExists() {
    Set<String> named =
        METRIC
            .matcher(Pages.text(Pages.OPERATIONS))
            .results()
            .map(metric -> metric.group().replaceFirst("_count$", ""))
            .collect(Collectors.toSet());

    assertThat(metricNames()).containsAll(named);
  }

  @Test
  void everyRightOfTheOperatorHasARowWithItsVerbs() {
    List<PolicyRule> rules =
        Serialization.unmarshal(
                Pages.text(Path.of("deploy", "cluster-role.yml")), ClusterRole.class)
            .getRules();

    assertThat(rules)
        .isNotEmpty()
        .allSatisfy(
            rule ->
                assertThat(Pages.row(Pages.OPERATIONS, rule.getResources().get(0)))
                    .as(rule.getResources().get(0))
                    .hasValueSatisfying(
                        row ->
                            assertThat(row)
                                .contains("| " + String.join(", ", rule.getVerbs()) + " |")));
  }

  /** What a scrape declares after each of the metrics was touched once. */
  private static List<String> metricNames() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    OperatorMetrics metrics = new OperatorMetrics(registry);
    metrics.syncFinished("network", "prod", "Synced", Duration.ofSeconds(1));
    metrics.succeeded("network", "prod", Instant.EPOCH);
    metrics.mirrored("network", "prod", Map.of(), 0);
    metrics.apiAnswered("cloud", 200);
    metrics.apiThrottled("cloud");
    metrics.apiWaited("cloud");
    metrics.apiBudget("cloud", 100, 0);
    metrics.wrote("create", "ok");
    return registry
        .scrape()
        .lines()
        .filter(line -> line.startsWith("# TYPE vpcep_"))
        .map(line -> line.split(" ")[2])
        // Micrometer's own companion of a histogram: the largest value of late.
        .filter(name -> !name.endsWith("_max"))
        .toList();
  }
}
