package io.vpcep.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ServicePhase;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of the two resources name what the CRD files and the code hold. */
class ReferencePagesTest {
  record Field(Path page, String path, String byDefault) {}

  static Stream<Field> fields() {
    return Stream.concat(
        fields(Pages.PROJECT, Definitions.PROJECTS), fields(Pages.SERVICE, Definitions.SERVICES));
  }

  private static Stream<Field> fields(Path page, String plural) {
    Map<String, JSONSchemaProps> found = Definitions.fields(plural);
    found.keySet().removeAll(List.of("spec", "status"));
    return found.entrySet().stream()
        .map(
            entry ->
                new Field(
                    page,
                    entry.getKey(),
                    entry.getValue().getDefault() == null
                        ? ""
                        : "`" + entry.getValue().getDefault().asText() + "`"));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void everyFieldHasARowWithItsDefault(Field field) {
    assertThat(Pages.row(field.page(), field.path()))
        .as("row of %s in %s", field.path(), field.page())
        .hasValueSatisfying(row -> assertThat(row).contains(field.byDefault()));
  }

  @ParameterizedTest
  @EnumSource(FailureReason.class)
  void everyReasonOfAProjectHasARowThatSaysWhetherItStalls(FailureReason reason) {
    boolean stalls = reason.recovery() == FailureReason.Recovery.BY_A_PERSON;

    assertThat(Pages.row(Pages.PROJECT, reason.constant()))
        .hasValueSatisfying(
            row -> assertThat(row).contains(stalls ? "| Stalled |" : "| Reconciling |"));
  }

  @ParameterizedTest
  @EnumSource(ServicePhase.class)
  void everyReasonOfAServiceIsExplained(ServicePhase phase) {
    assertThat(Pages.text(Pages.SERVICE)).contains("| `" + phase.reason() + "` |");
  }

  @Test
  void columnsAreThoseOfKubectl() {
    assertThat(columns(Pages.PROJECT))
        .contains(columns(Definitions.PROJECTS, 0), columns(Definitions.PROJECTS, 1));
    assertThat(columns(Pages.SERVICE))
        .contains(columns(Definitions.SERVICES, 0), columns(Definitions.SERVICES, 1));
  }

  /** The section of a page, with every enumeration by commas alone. */
  private static String columns(Path page) {
    String section = Pages.text(page).split("\n## Columns\n")[1].split("\n## ")[0];
    return section.replaceAll("\\s+", " ").replace(" and ", ", ");
  }

  /** Those that are always shown, or those of {@code -o wide} (priority 1). */
  private static String columns(String plural, int priority) {
    return Definitions.of(plural).getAdditionalPrinterColumns().stream()
        .filter(column -> column.getPriority() == priority)
        .map(column -> column.getName().toUpperCase(Locale.ROOT))
        .collect(Collectors.joining(", ", priority == 0 ? "shows NAME, " : "adds ", "."));
  }

  @Test
  void everyLabelAndAnnotationIsExplained() {
    assertThat(Pages.text(Pages.SERVICE))
        .contains(
            Labels.MANAGED_BY,
            Labels.OPERATOR,
            Labels.PROJECT,
            Labels.SERVICE_TYPE,
            Labels.SERVER_TYPE,
            Labels.VPC_ID);
    assertThat(Pages.row(Pages.PROJECT, Labels.REQUESTED_AT)).isPresent();
    assertThat(Pages.row(Pages.PROJECT, Labels.CONFIRM_PRUNE)).isPresent();
  }
}
