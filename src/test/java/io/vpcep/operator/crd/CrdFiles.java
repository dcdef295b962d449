package io.vpcep.operator.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Generates the CRD files from the resource types. */
final class CrdFiles {
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "VpcEndpointProject", VpcEndpointProject.class,
          "VpcEndpointService", VpcEndpointService.class);

  private CrdFiles() {}

  /** Writes one file a kind into {@code directory}, which must exist. */
  static void generateInto(Path directory) {
    new CRDGenerator()
        .inOutputDir(directory.toFile())
        .forCRDVersions("v1")
        .withMinQuotes(true)
        .withPostProcessor(
            new CRDPostProcessor() {
              @Override
              public HasMetadata process(HasMetadata crd, String crdVersion) {
                complete((CustomResourceDefinition) crd);
                return crd;
              }
            })
        .customResourceClasses(KINDS.values())
        .generate();
  }

  private static void complete(CustomResourceDefinition crd) {
    Class<? extends HasMetadata> kind = KINDS.get(crd.getSpec().getNames().getKind());
    CustomResourceDefinitionVersion version = crd.getSpec().getVersions().get(0);
    sortColumnsAsDeclared(kind, version.getAdditionalPrinterColumns());
    JSONSchemaProps schema = version.getSchema().getOpenAPIV3Schema();
    schema.setDescription(kind.getAnnotation(JsonClassDescription.class).value());
    schema.setRequired(List.of("spec"));
    JSONSchemaProps spec = schema.getProperties().get("spec");
    spec.setDescription("What is mirrored, and how.");
    dropRepeatedRules(spec);
    JSONSchemaProps status = schema.getProperties().get("status");
    status.setDescription("What was seen at the last change.");
    status.getProperties().get("conditions").setXKubernetesListType("map");
    status.getProperties().get("conditions").setXKubernetesListMapKeys(List.of("type"));
  }

  /** The generator sorts columns by path; people read them in the order of the declaration. */
  private static void sortColumnsAsDeclared(
      Class<?> kind, List<CustomResourceColumnDefinition> columns) {
    List<String> declared =
        Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    columns.sort(Comparator.comparingInt(column -> declared.indexOf(column.getName())));
  }

  /** The generator reads a rule of a record twice: from its field and from its accessor. */
  private static void dropRepeatedRules(JSONSchemaProps schema) {
    List<ValidationRule> rules = schema.getXKubernetesValidations();
    schema.setXKubernetesValidations(rules.stream().distinct().toList());
    schema.getProperties().values().forEach(CrdFiles::dropRepeatedRules);
  }
}
