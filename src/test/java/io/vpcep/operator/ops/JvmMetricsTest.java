package io.vpcep.operator.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class JvmMetricsTest {

  @Test
  void showsTheStateOfTheVirtualMachine() {
    PrometheusMeterRegistry registry =
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure();

    try (JvmMetrics metrics = new JvmMetrics(registry)) {
      assertThat(metrics).isNotNull();
      assertThat(registry.scrape())
          .contains(
              "jvm_memory_used_bytes{area=\"heap\"",
              "jvm_gc_",
              "jvm_threads_live_threads",
              "process_cpu_usage",
              "process_uptime_seconds",
              "process_files_open_files");
    }
  }
}
