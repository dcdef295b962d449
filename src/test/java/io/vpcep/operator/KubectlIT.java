package io.vpcep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.vpcep.operator.kube.ApiServer;
import io.vpcep.operator.simulator.SimulatedService;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who uses kubectl. */
class KubectlIT {
  @TempDir private static Path directory;

  private static RunningOperator operator;
  private static Simulator cloud;
  private static Path kubeconfig;

  @BeforeAll
  static void mirror() throws IOException {
    operator = new RunningOperator();
    kubeconfig = Files.writeString(directory.resolve("kubeconfig"), ApiServer.kubeconfigYaml());
    cloud = Simulator.start(SimulatorOptions.defaults(), Environment.time().clock());
    operator.createProject(
        "prod",
        RunningOperator.spec(cloud.baseUrl().toString(), cloud.projectIds().get(0), "1h", 1000));
    operator.awaitReason("prod", "Synced");
  }

  @AfterAll
  static void stop() {
    if (operator != null) {
      operator.close();
    }
    if (cloud != null) {
      cloud.close();
    }
  }

  @Test
  void getShowsTheColumnsOfServices() throws Exception {
    List<String> narrow = kubectl("get", "vpcendpointservices").lines().toList();
    List<String> wide = kubectl("get", "vpces", "-o", "wide").lines().toList();

    assertThat(narrow.get(0).trim().split(" {2,}"))
        .containsExactly("NAME", "SERVICE", "AVAILABILITY", "CONNECTIONS", "PORTS", "READY", "AGE");
    assertThat(wide.get(0).trim().split(" {2,}"))
        .containsExactly(
            "NAME",
            "SERVICE",
            "AVAILABILITY",
            "CONNECTIONS",
            "PORTS",
            "READY",
            "AGE",
            "TYPE",
            "SERVER",
            "VPC",
            "PROJECT");
    assertThat(narrow).hasSize(21);
  }

  @Test
  void getShowsTheColumnsOfProjects() throws Exception {
    List<String> narrow = kubectl("get", "vpcendpointprojects").lines().toList();
    List<String> wide = kubectl("get", "vpcproj", "-o", "wide").lines().toList();

    assertThat(narrow.get(0).trim().split(" {2,}"))
        .containsExactly(
            "NAME", "PROJECT", "READY", "SERVICES", "AVAILABLE", "FAILED", "LAST SYNC", "AGE");
    assertThat(wide.get(0).trim().split(" {2,}")).endsWith("ENDPOINT", "REASON");
    assertThat(narrow.get(1)).contains("True").contains("20");
  }

  @Test
  void bothKindsAreInTheCategory() throws Exception {
    assertThat(kubectl("get", "vpcep", "-o", "name"))
        .contains("vpcendpointproject.vpcep.io/prod")
        .contains("vpcendpointservice.vpcep.io/" + cloud.services(id()).get(0).id());
  }

  @Test
  void waitSeesReadinessOfBothKinds() throws Exception {
    SimulatedService available =
        cloud.services(id()).stream()
            .filter(service -> service.status().equals("available"))
            .findFirst()
            .orElseThrow();

    assertThat(kubectl("wait", "--for=condition=Ready", "--timeout=10s", "vpcproj/prod"))
        .contains("condition met");
    assertThat(kubectl("wait", "--for=condition=Ready", "--timeout=10s", "vpces/" + available.id()))
        .contains("condition met");
  }

  @Test
  void explainDescribesEveryField() throws Exception {
    for (String kind : List.of("vpcendpointproject", "vpcendpointservice")) {
      for (String part : List.of("spec", "status")) {
        String explained = kubectl("explain", kind + "." + part).replaceAll("\\s+", " ");
        for (JsonNode description : descriptions(kind, part)) {
          assertThat(explained).contains(description.asText());
        }
      }
    }
  }

  @Test
  void everyFieldOfTheSchemaIsDescribed() throws Exception {
    for (String kind : List.of("vpcendpointproject", "vpcendpointservice")) {
      assertDescribed(schema(kind), kind);
    }
  }

  private static void assertDescribed(JsonNode schema, String path) {
    assertThat(schema.path("description").asText()).as(path).isNotBlank();
    JsonNode properties = schema.path("properties");
    JsonNode itemProperties = schema.path("items").path("properties");
    properties
        .fieldNames()
        .forEachRemaining(name -> assertDescribed(properties.get(name), path + "." + name));
    itemProperties
        .fieldNames()
        .forEachRemaining(name -> assertDescribed(itemProperties.get(name), path + "." + name));
  }

  private static List<JsonNode> descriptions(String kind, String part) throws IOException {
    List<JsonNode> descriptions = new ArrayList<>();
    schema(kind)
        .path("properties")
        .path(part)
        .path("properties")
        .forEach(property -> descriptions.add(property.path("description")));
    assertThat(descriptions).isNotEmpty();
    return descriptions;
  }

  private static JsonNode schema(String kind) throws IOException {
    return new ObjectMapper(new YAMLFactory())
        .readTree(Path.of("crds", kind + "s.vpcep.io-v1.yml").toFile())
        .at("/spec/versions/0/schema/openAPIV3Schema");
  }

  private static String id() {
    return cloud.projectIds().get(0);
  }

  private static String kubectl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ApiServer.kubectl().toString());
    command.addAll(List.of("--kubeconfig", kubeconfig.toString(), "-n", operator.namespace()));
    // What an earlier server could do is no concern of this one.
    command.addAll(List.of("--cache-dir", directory.resolve("cache").toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
