package io.vpcep.operator.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorMetricsTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure();
  private final OperatorMetrics metrics = new OperatorMetrics(registry);

  @Test
  void exposesExactlyTheNamesAndLabelsOfTheContract() {
    metrics.syncFinished("network", "prod", "Synced", Duration.ofMillis(700));
    metrics.syncFinished("network", "prod", "Throttled", Duration.ofSeconds(299));
    metrics.succeeded("network", "prod", Instant.parse("2026-11-22T10:00:00.9Z"));
    metrics.mirrored("network", "prod", Map.of("available", 5L, "failed", 1L), 12);
    metrics.apiAnswered("vpcep.example.com", 200);
    metrics.apiAnswered("vpcep.example.com", 429);
    metrics.apiUnanswered("vpcep.example.com");
    metrics.apiThrottled("vpcep.example.com");
    metrics.apiWaited("vpcep.example.com");
    metrics.apiBudget("vpcep.example.com", 0.5, 7);
    metrics.wrote("create", "ok");
    metrics.wrote("create", "ok");

    assertThat(samples())
        .containsExactlyInAnyOrder(
            "vpcep_sync_total{namespace=\"network\",project=\"prod\",result=\"Synced\"} 1.0",
            "vpcep_sync_total{namespace=\"network\",project=\"prod\",result=\"Throttled\"} 1.0",
            "vpcep_sync_duration_seconds_bucket{le=\"0.01\"} 0",
            "vpcep_sync_duration_seconds_bucket{le=\"0.025\"} 0",
            "vpcep_sync_duration_seconds_bucket{le=\"0.05\"} 0",
            "vpcep_sync_duration_seconds_bucket{le=\"0.1\"} 0",
            "vpcep_sync_duration_seconds_bucket{le=\"0.25\"} 0",
            "vpcep_sync_duration_seconds_bucket{le=\"0.5\"} 0",
            "vpcep_sync_duration_seconds_bucket{le=\"1.0\"} 1",
            "vpcep_sync_duration_seconds_bucket{le=\"2.5\"} 1",
            "vpcep_sync_duration_seconds_bucket{le=\"5.0\"} 1",
            "vpcep_sync_duration_seconds_bucket{le=\"10.0\"} 1",
            "vpcep_sync_duration_seconds_bucket{le=\"30.0\"} 1",
            "vpcep_sync_duration_seconds_bucket{le=\"60.0\"} 1",
            "vpcep_sync_duration_seconds_bucket{le=\"120.0\"} 1",
            "vpcep_sync_duration_seconds_bucket{le=\"300.0\"} 2",
            "vpcep_sync_duration_seconds_bucket{le=\"+Inf\"} 2",
            "vpcep_sync_duration_seconds_count 2",
            "vpcep_sync_duration_seconds_sum 299.7",
            "vpcep_sync_duration_seconds_max 299.0",
            "vpcep_last_success_timestamp_seconds{namespace=\"network\",project=\"prod\"}"
                + " 1.7953416E9",
            services("available", "5.0"),
            services("creating", "0.0"),
            services("deleting", "0.0"),
            services("failed", "1.0"),
            services("other", "0.0"),
            "vpcep_connections{namespace=\"network\",project=\"prod\"} 12.0",
            "vpcep_api_requests_total{code=\"200\",host=\"vpcep.example.com\"} 1.0",
            "vpcep_api_requests_total{code=\"429\",host=\"vpcep.example.com\"} 1.0",
            "vpcep_api_requests_total{code=\"none\",host=\"vpcep.example.com\"} 1.0",
            "vpcep_api_throttled_total{host=\"vpcep.example.com\"} 1.0",
            "vpcep_api_budget_waits_total{host=\"vpcep.example.com\"} 1.0",
            "vpcep_api_budget_requests_per_second{host=\"vpcep.example.com\"} 0.5",
            "vpcep_api_budget_waiting{host=\"vpcep.example.com\"} 7.0",
            "vpcep_writes_total{result=\"ok\",verb=\"create\"} 2.0");
    assertThat(registry.scrape())
        .contains("# TYPE vpcep_sync_duration_seconds histogram")
        .contains("# TYPE vpcep_sync_total counter")
        .contains("# TYPE vpcep_services gauge");
  }

  @Test
  void foldsUnknownAvailabilitiesIntoOther() {
    metrics.mirrored("network", "prod", Map.of("frozen", 2L, "rejected", 3L, "other", 4L), 0);

    assertThat(samples())
        .contains(services("other", "9.0"))
        .noneMatch(line -> line.contains("frozen") || line.contains("rejected"));
  }

  @Test
  void replacesWhatWasMirroredBefore() {
    metrics.mirrored("network", "prod", Map.of("available", 5L, "frozen", 1L), 12);
    metrics.mirrored("network", "prod", Map.of("creating", 1L), 0);

    assertThat(samples())
        .contains(
            services("available", "0.0"),
            services("creating", "1.0"),
            services("other", "0.0"),
            "vpcep_connections{namespace=\"network\",project=\"prod\"} 0.0");
  }

  @Test
  void endsTheSeriesOfADeletedProjectOnly() {
    for (String project : List.of("prod", "test")) {
      metrics.syncFinished("network", project, "Synced", Duration.ofMillis(1));
      metrics.succeeded("network", project, Instant.EPOCH);
      metrics.mirrored("network", project, Map.of("available", 5L), 12);
    }
    metrics.mirrored("elsewhere", "prod", Map.of(), 0);

    metrics.forget("network", "prod");

    assertThat(samples())
        .noneMatch(line -> line.contains("namespace=\"network\",project=\"prod\""))
        .anyMatch(line -> line.startsWith("vpcep_sync_total{namespace=\"network\",project=\"test"))
        .anyMatch(line -> line.contains("namespace=\"elsewhere\",project=\"prod\""))
        .contains("vpcep_sync_duration_seconds_count 2");
  }

  @Test
  void startsAnewAfterAProjectOfTheSameNameWasForgotten() {
    metrics.mirrored("network", "prod", Map.of("available", 5L), 12);
    metrics.forget("network", "prod");
    metrics.mirrored("network", "prod", Map.of("available", 7L), 1);

    assertThat(samples()).contains(services("available", "7.0"));
  }

  @Test
  void boundsTheNumberOfHosts() {
    for (int i = 0; i < 150; i++) {
      metrics.apiAnswered("host" + i, 200);
      metrics.apiThrottled("host" + i);
    }
    metrics.apiAnswered("host99", 200);

    assertThat(samples())
        .filteredOn(line -> line.startsWith("vpcep_api_requests_total"))
        .hasSize(101)
        .contains("vpcep_api_requests_total{code=\"200\",host=\"host99\"} 2.0")
        .contains("vpcep_api_requests_total{code=\"200\",host=\"other\"} 50.0");
    assertThat(samples())
        .filteredOn(line -> line.startsWith("vpcep_api_throttled_total"))
        .hasSize(101);
  }

  @Test
  void boundsTheNumberOfStatusCodes() {
    for (int code = 100; code < 1000; code++) {
      metrics.apiAnswered("vpcep.example.com", code);
    }

    assertThat(samples())
        .filteredOn(line -> line.startsWith("vpcep_api_requests_total"))
        .hasSizeLessThan(70)
        .anyMatch(line -> line.contains("code=\"451\""))
        .anyMatch(line -> line.contains("code=\"other\""));
  }

  private static String services(String availability, String value) {
    return "vpcep_services{availability=\""
        + availability
        + "\",namespace=\"network\",project=\"prod\"} "
        + value;
  }

  private List<String> samples() {
    return registry.scrape().lines().filter(line -> !line.startsWith("#")).toList();
  }
}
