package io.vpcep.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ServicePhase;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
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
        fields(Pages.PROJECT, "vpcendpointprojects"), fields(Pages.SERVICE, "vpcendpointservices"));
  }

  private static Stream<Field> fields(Path page, String plural) {
    Path file = Path.of("crds", plural + ".vpcep.io-v1.yml");
    JSONSchemaProps schema =
        Serialization.unmarshal(Pages.text(file), CustomResourceDefinition.class)
            .getSpec()
            .getVersions()
            .get(0)
            .getSchema()
            .getOpenAPIV3Schema();
    Map<String, JSONSchemaProps> found = new TreeMap<>();
    walk(schema, "", found);
    found.keySet().removeAll(java.util.List.of("spec", "status"));
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

  private static void walk(
      JSONSchemaProps schema, String path, Map<String, JSONSchemaProps> found) {
    if (schema.getItems() != null) {
      walk(schema.getItems().getSchema(), path + "[]", found);
    }
    if (schema.getProperties() != null) {
      schema
          .getProperties()
          .forEach(
              (name, property) -> {
                String child = path.isEmpty() ? name : path + "." + name;
                found.put(child, property);
                walk(property, child, found);
              });
    }
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
