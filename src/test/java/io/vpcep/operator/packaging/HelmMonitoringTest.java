package io.vpcep.operator.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the chart brings for Prometheus and Grafana. */
class HelmMonitoringTest {
  private static final Path OPERATIONS = Path.of("docs", "operations.md");
  private static final Pattern METRIC = Pattern.compile("\\bvpcep_[a-z_]+");
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private static final String ALERTS = "metrics: {prometheusRule: {enabled: true}}";
  private static final String DASHBOARD = "metrics: {dashboard: {enabled: true}}";

  @Test
  void serviceMonitorScrapesTheService() {
    List<HasMetadata> rendered = render(HelmChartTest.ALL_VALUES);
    GenericKubernetesResource monitor = Manifests.custom(rendered, "ServiceMonitor");

    assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "prometheus");
    assertThat((String) monitor.get("spec", "endpoints", 0, "interval")).isEqualTo("1m");
    assertThat((String) monitor.get("spec", "endpoints", 0, "port"))
        .isEqualTo(Manifests.only(rendered, Service.class).getSpec().getPorts().get(0).getName());
    assertThat(Manifests.only(rendered, Service.class).getMetadata().getLabels())
        .containsAllEntriesOf(monitor.get("spec", "selector", "matchLabels"));
  }

  @Test
  void nothingOfThisIsThereUnlessAskedFor() {
    assertThat(render("{}"))
        .extracting(HasMetadata::getKind)
        .contains("Deployment")
        .doesNotContain("ServiceMonitor", "PrometheusRule", "ConfigMap");
  }

  @Test
  void alertsAreTheOnesOfTheDocumentation() {
    GenericKubernetesResource rule = Manifests.custom(render(ALERTS), "PrometheusRule");

    assertThat(rule.<Map<String, Object>>get("spec")).isEqualTo(documentedAlerts());
  }

  @Test
  void alertsCoverWhatNeedsAPerson() {
    GenericKubernetesResource rule = Manifests.custom(render(ALERTS), "PrometheusRule");
    List<Map<String, Object>> alerts = rule.get("spec", "groups", 0, "rules");

    assertThat(alerts)
        .extracting(alert -> alert.get("alert"))
        .contains(
            "VpcepProjectNotSynced", "VpcepThrottled", "VpcepPruneBlocked", "VpcepWritesFail");
    assertThat(alerts)
        .allSatisfy(alert -> assertThat(alert).containsKeys("expr", "for", "labels", "annotations"))
        .allSatisfy(
            alert -> assertThat(documentedMetrics()).containsAll(metrics(alert.get("expr"))));
  }

  @Test
  void alertTakesItsPatienceAndLabelsFromTheValues() {
    GenericKubernetesResource rule =
        Manifests.custom(render(HelmChartTest.ALL_VALUES), "PrometheusRule");

    assertThat((String) rule.get("spec", "groups", 0, "rules", 0, "expr")).endsWith("> 7200");
    assertThat(rule.getMetadata().getLabels()).containsEntry("release", "prometheus");
  }

  @Test
  void dashboardIsAConfigMapWithTheFile() {
    ConfigMap dashboard = Manifests.only(render(DASHBOARD), ConfigMap.class);

    assertThat(dashboard.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
    assertThat(json(dashboard.getData().get("vpcep.json")))
        .isEqualTo(json(Manifests.text(Manifests.CHART.resolve("dashboards/vpcep.json"))))
        .containsEntry("title", "vpcep-operator");
  }

  @Test
  void labelsOfTheDashboardCanBeOthers() {
    ConfigMap dashboard = Manifests.only(render(HelmChartTest.ALL_VALUES), ConfigMap.class);

    assertThat(dashboard.getMetadata().getLabels())
        .containsEntry("grafana_dashboard", "yes")
        .containsEntry("team", "blue");
  }

  @Test
  void everyPanelAsksForDocumentedMetrics() {
    List<Map<String, Object>> panels = panels();

    assertThat(panels)
        .hasSizeGreaterThan(8)
        .allSatisfy(
            panel -> {
              assertThat(panel).containsKeys("title", "description", "gridPos", "targets");
              assertThat(expressions(panel))
                  .isNotEmpty()
                  .allSatisfy(
                      expression ->
                          assertThat(documentedMetrics())
                              .containsAll(metrics(expression))
                              .isNotEmpty());
            });
    assertThat(panels).extracting(panel -> panel.get("id")).doesNotHaveDuplicates();
  }

  @Test
  void dashboardShowsEveryDocumentedMetric() {
    Set<String> shown =
        panels().stream()
            .flatMap(panel -> expressions(panel).stream())
            .flatMap(expression -> metrics(expression).stream())
            .collect(Collectors.toSet());

    assertThat(shown).isEqualTo(documentedMetrics());
  }

  @Test
  void panelsDoNotOverlap() {
    Set<List<Integer>> taken = new HashSet<>();

    assertThat(panels())
        .allSatisfy(
            panel ->
                assertThat(cells((Map<?, ?>) panel.get("gridPos")))
                    .allSatisfy(cell -> assertThat(cell.get(0)).isLessThan(24))
                    .allSatisfy(cell -> assertThat(taken.add(cell)).isTrue()));
  }

  private static List<List<Integer>> cells(Map<?, ?> at) {
    int x = (Integer) at.get("x");
    int y = (Integer) at.get("y");
    return Stream.iterate(0, i -> i + 1)
        .limit((Integer) at.get("w") * (long) (Integer) at.get("h"))
        .map(i -> List.of(x + i % (Integer) at.get("w"), y + i / (Integer) at.get("w")))
        .toList();
  }

  private static List<HasMetadata> render(String values) {
    return Manifests.chart("shop", "shop", values);
  }

  private static Map<?, ?> documentedAlerts() {
    String page = Manifests.text(OPERATIONS);
    String section = page.substring(page.indexOf("\n### Alerts\n"));
    String block = section.substring(section.indexOf("```yaml\n") + "```yaml\n".length());
    return SERIALIZATION.unmarshal(block.substring(0, block.indexOf("```")), Map.class);
  }

  /** The first cells of the table of metrics. */
  private static Set<String> documentedMetrics() {
    return Manifests.text(OPERATIONS)
        .lines()
        .filter(line -> line.startsWith("| `vpcep_"))
        .map(line -> line.split("`")[1])
        .collect(Collectors.toSet());
  }

  /** The metrics of an expression, without the endings of a histogram. */
  private static Set<String> metrics(Object expression) {
    return METRIC
        .matcher((String) expression)
        .results()
        .map(metric -> metric.group().replaceFirst("_(bucket|count|sum)$", ""))
        .collect(Collectors.toSet());
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> panels() {
    return (List<Map<String, Object>>)
        json(Manifests.text(Manifests.CHART.resolve("dashboards/vpcep.json"))).get("panels");
  }

  private static List<String> expressions(Map<String, Object> panel) {
    return ((List<?>) panel.get("targets"))
        .stream().map(target -> (String) ((Map<?, ?>) target).get("expr")).toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> json(String text) {
    return SERIALIZATION.unmarshal(text, Map.class);
  }
}
