package io.vpcep.operator.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A resource that the operator would write, ready to be sent by somebody else.
 *
 * @param name of the resource
 * @param created body of the request that creates it, without a status
 * @param statusHead body of the request that writes its status, up to the resource version
 * @param statusTail the rest of that
 */
record ServiceObject(String name, byte[] created, String statusHead, String statusTail) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "@version@";

  /** Has the command {@code list} print those of a project, with the owner that they would have. */
  static Path write(Jvm jvm, Stage.Source source, Path file)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(jvm.tool("java"), "-jar"));
    command.addAll(List.of("target/vpcep-operator.jar", "list", "--page-size", "1000"));
    command.addAll(List.of("--endpoint", source.endpoint().toString()));
    command.addAll(List.of("--project-id", source.projectId(), "-o", "json"));
    JsonNode list = JSON.readTree(ChildProcess.output(command));
    for (JsonNode item : list.get("items")) {
      ((ObjectNode) item.get("metadata"))
          .putArray("ownerReferences")
          .addObject()
          .put("apiVersion", "vpcep.io/v1alpha1")
          .put("kind", "VpcEndpointProject")
          .put("name", "prod")
          .put("uid", "4189d3c2-8882-4871-a3c2-d380272eed83")
          .put("controller", true)
          .put("blockOwnerDeletion", true);
      ((ObjectNode) item.get("status")).put("observedGeneration", 1);
    }
    JSON.writeValue(file.toFile(), list);
    return file;
  }

  /** Reads what {@link #write} wrote. */
  static List<ServiceObject> read(Path file) throws IOException {
    List<ServiceObject> objects = new ArrayList<>();
    for (JsonNode item : JSON.readTree(file.toFile()).get("items")) {
      objects.add(of((ObjectNode) item));
    }
    return objects;
  }

  private static ServiceObject of(ObjectNode item) throws IOException {
    String name = item.at("/metadata/name").asText();
    JsonNode status = item.remove("status");
    byte[] created = JSON.writeValueAsBytes(item);
    item.putObject("metadata").put("name", name).put("resourceVersion", VERSION);
    item.set("status", status);
    String[] parts = JSON.writeValueAsString(item).split(VERSION);
    return new ServiceObject(name, created, parts[0], parts[1]);
  }

  /** Body of the request that writes the status. */
  byte[] status(String resourceVersion) {
    return (statusHead + resourceVersion + statusTail).getBytes(StandardCharsets.UTF_8);
  }
}
