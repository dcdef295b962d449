package io.vpcep.operator.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.vpcep.operator.crd.VpcEndpointService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fabric8's server in memory with the shipped resource definition, and with a say in its answers:
 * for refusals, and for changes by others at the worst moment.
 */
final class FakeKubernetes implements AutoCloseable {
  /** Kept here, since the logging framework itself holds its loggers weakly. */
  private static final Logger REQUEST_LOG = Logger.getLogger(MockWebServer.class.getName());

  static {
    // It logs each request to the console.
    REQUEST_LOG.setLevel(Level.WARNING);
  }

  private static final Pattern VERSION = Pattern.compile("\"resourceVersion\" *: *\"(\\d+)\"");

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final KubernetesMockServer server;
  private final KubernetesClient client;
  private volatile Hook hook = (method, path) -> null;

  /** Sees a request before the server does; answers it, or gives null. */
  interface Hook {
    MockResponse before(String method, String path);
  }

  private final class Dispatcher extends KubernetesCrudDispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      requests.add(request.getMethod() + " " + request.getPath());
      MockResponse answer = hook.before(request.getMethod(), request.getPath());
      if (answer != null) {
        return answer;
      }
      String body = request.getUtf8Body();
      if (expectsAnotherVersion(request, body)) {
        return refusal(409, "the object has been modified");
      }
      // A body can be read once.
      return super.dispatch(
          new RecordedRequest(
              request.getHttpVersion(),
              request.method(),
              request.getPath(),
              request.getHeaders(),
              new Buffer(body.getBytes(StandardCharsets.UTF_8))));
    }

    /** What the server in memory leaves out: versions in writes of a status and in deletions. */
    private boolean expectsAnotherVersion(RecordedRequest request, String body) {
      Matcher expected = VERSION.matcher(body);
      if (!request.getMethod().matches("PUT|DELETE") || !expected.find()) {
        return false;
      }
      MockResponse present = handleGet(request.getPath().replaceAll("/status$", ""));
      if (present.code() != 200) {
        return false;
      }
      Matcher version = VERSION.matcher(present.getBody().readUtf8());
      return version.find() && !version.group(1).equals(expected.group(1));
    }
  }

  FakeKubernetes() throws IOException {
    server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new Dispatcher(), false);
    server.init();
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(server.url("/"))
            .withRequestRetryBackoffLimit(0)
            .build();
    client = new KubernetesClientBuilder().withConfig(config).build();
    String definition = Files.readString(Path.of("crds", "vpcendpointservices.vpcep.io-v1.yml"));
    client.resource(Serialization.unmarshal(definition, CustomResourceDefinition.class)).create();
    requests.clear();
  }

  KubernetesClient client() {
    return client;
  }

  /** Method and path of every request, without the one for the resource definition. */
  List<String> requests() {
    return requests;
  }

  void hook(Hook next) {
    hook = next;
  }

  /** The answer of an API server that refuses. */
  static MockResponse refusal(int code, String message) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(
            Serialization.asJson(
                new StatusBuilder()
                    .withStatus("Failure")
                    .withCode(code)
                    .withMessage(message)
                    .build()));
  }

  /** Creates a resource with its status as somebody else, and gives back what is there then. */
  VpcEndpointService hold(VpcEndpointService resource) {
    VpcEndpointService created = client.resource(resource).create();
    created.setStatus(resource.getStatus());
    return client.resource(created).updateStatus();
  }

  /** Creates a resource that may hold anything. */
  GenericKubernetesResource hold(String yaml) {
    var resource = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    GenericKubernetesResource created = client.resource(resource).create();
    if (resource.getAdditionalProperties().get("status") == null) {
      return created;
    }
    // What is created has no status: the server leaves it out.
    resource.setMetadata(created.getMetadata());
    return client.resource(resource).updateStatus();
  }

  /** What is there, or null. */
  VpcEndpointService present(String namespace, String name) {
    return client.resources(VpcEndpointService.class).inNamespace(namespace).withName(name).get();
  }

  /** No request is answered any more. */
  void stop() {
    server.shutdown();
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }
}
