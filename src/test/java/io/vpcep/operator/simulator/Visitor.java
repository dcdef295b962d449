package io.vpcep.operator.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A simulator whose clock the test moves, and somebody who asks it over HTTP. */
final class Visitor implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");
  final Simulator simulator;

  Visitor(SimulatorOptions options) {
    this.simulator = Simulator.start(options, () -> now);
  }

  Instant now() {
    return now;
  }

  void passes(Duration time) {
    now = now.plus(time);
  }

  String project() {
    return simulator.projectIds().get(0);
  }

  String otherProject() {
    return simulator.projectIds().get(1);
  }

  /** Asks for the listing of a project. */
  HttpResponse<String> list(String projectId, String query, Map<String, String> headers)
      throws Exception {
    String path = "/v1/" + projectId + "/vpc-endpoint-services" + query;
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path));
    headers.forEach(request::header);
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> list() throws Exception {
    return list(project(), "", Map.of());
  }

  HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path)).build(),
        BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String contentType, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body))
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    simulator.close();
  }
}
