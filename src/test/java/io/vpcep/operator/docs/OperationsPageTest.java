package io.vpcep.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vpcep.operator.config.Setting;
import io.vpcep.operator.ops.OperatorMetrics;
import io.vpcep.operator.sync.FailureReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page for operators names every setting, metric and reason. */
class OperationsPageTest {

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

  /** What a scrape declares after each of the metrics was touched once. */
  private static List<String> metricNames() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    OperatorMetrics metrics = new OperatorMetrics(registry);
    metrics.syncFinished("network", "prod", "Synced", Duration.ofSeconds(1));
    metrics.succeeded("network", "prod", Instant.EPOCH);
    metrics.mirrored("network", "prod", Map.of(), 0);
    metrics.apiAnswered("cloud", 200);
    metrics.apiThrottled("cloud");
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
