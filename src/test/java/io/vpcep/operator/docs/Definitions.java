package io.vpcep.operator.docs;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The resource definitions of {@code crds}. */
final class Definitions {
  static final String PROJECTS = "vpcendpointprojects";
  static final String SERVICES = "vpcendpointservices";

  private Definitions() {}

  /** The one version that is served. */
  static CustomResourceDefinitionVersion of(String plural) {
    Path file = Path.of("crds", plural + ".vpcep.io-v1.yml");
    return Serialization.unmarshal(Pages.text(file), CustomResourceDefinition.class)
        .getSpec()
        .getVersions()
        .get(0);
  }

  /** Every field by its path, such as {@code status.ports[].protocol}. */
  static Map<String, JSONSchemaProps> fields(String plural) {
    Map<String, JSONSchemaProps> found = new TreeMap<>();
    walk(of(plural).getSchema().getOpenAPIV3Schema(), "", found);
    return found;
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
}
