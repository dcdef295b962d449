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
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.vpcep.operator.crd.VpcEndpointService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Fabric8's API in memory with the shipped definition of the mirrored services, and something in
 * front of it that may answer instead, or let others be faster.
 */
final class MockApi implements AutoCloseable {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  /** Kept, since loggers that nobody holds forget their level. */
  private static final Logger REQUEST_LOG = Logger.getLogger("io.fabric8.mockwebserver");

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final KubernetesMockServer server;
  private final KubernetesClient client;
  private volatile Front front = line -> null;

  /** Stands before the server. */
  interface Front {
    /** Answers a request such as {@code PUT /apis/...}; null leaves that to the server. */
    MockResponse answer(String line);
  }

  MockApi() {
    REQUEST_LOG.setLevel(Level.WARNING);
    server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new Dispatcher(), false);
    server.init();
    client = newClient();
    client.resource(definition()).create();
  }

  private KubernetesClient newClient() {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(server.url("/"))
            .withRequestRetryBackoffLimit(0)
            .withWatchReconnectInterval(10)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static CustomResourceDefinition definition() {
    try {
      return SERIALIZATION.unmarshal(
          Files.readString(Path.of("crds", "vpcendpointservices.vpcep.io-v1.yml")),
          CustomResourceDefinition.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  KubernetesClient client() {
    return client;
  }

  void front(Front next) {
    front = next;
  }

  /** Method and path of each request so far. */
  List<String> requests() {
    return requests;
  }

  /** What an API server says when it refuses. */
  static MockResponse refusal(int code, String message) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(
            SERIALIZATION.asJson(
                new StatusBuilder()
                    .withStatus("Failure")
                    .withCode(code)
                    .withMessage(message)
                    .build()));
  }

  /** Creates a mirrored service of project {@code prod}, as somebody else; {@code status}: YAML. */
  GenericKubernetesResource create(String namespace, String name, String status) {
    GenericKubernetesResource resource =
        SERIALIZATION.unmarshal(
            """
            apiVersion: vpcep.io/v1alpha1
            kind: VpcEndpointService
            metadata: {name: %2$s, namespace: %1$s}
            spec: {projectRef: {name: prod}, serviceId: %2$s}
            status: %3$s
            """
                .formatted(namespace, name, status),
            GenericKubernetesResource.class);
    var kind = client.genericKubernetesResources(MirrorKind.CONTEXT).inNamespace(namespace);
    resource.setMetadata(kind.resource(resource).create().getMetadata());
    // What is created has no status yet.
    return kind.resource(resource).updateStatus();
  }

  /** What is there, or null. */
  VpcEndpointService present(String namespace, String name) {
    return client.resources(VpcEndpointService.class).inNamespace(namespace).withName(name).get();
  }

  /** What is there, whatever it holds, or null. */
  GenericKubernetesResource presentAsIs(String namespace, String name) {
    return client
        .genericKubernetesResources(MirrorKind.CONTEXT)
        .inNamespace(namespace)
        .withName(name)
        .get();
  }

  void delete(String namespace, String name) {
    client.resources(VpcEndpointService.class).inNamespace(namespace).withName(name).delete();
  }

  /** Nobody answers any more. */
  void fallSilent() {
    server.shutdown();
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }

  private final class Dispatcher extends KubernetesCrudDispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      String line = request.getMethod() + " " + request.getPath();
      requests.add(line);
      MockResponse answer = front.answer(line);
      return answer == null ? super.dispatch(request) : answer;
    }
  }
}
