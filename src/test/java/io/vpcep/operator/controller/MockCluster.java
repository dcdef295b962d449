package io.vpcep.operator.controller;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.WebSocketListener;
import io.vpcep.operator.cluster.ClusterAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Fabric8's in-memory Kubernetes API with the shipped resource definitions. What it lacks is added:
 * a status write with an old resource version is a conflict, requests are counted, and may be made
 * to fail.
 */
final class MockCluster implements AutoCloseable {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  /** Kept, since loggers that nobody holds forget their level. */
  private static final Logger REQUEST_LOG = Logger.getLogger("io.fabric8.mockwebserver");

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicReference<Predicate<String>> failing = new AtomicReference<>(line -> false);
  private volatile int failure = 500;
  private final KubernetesMockServer server;
  private final ClusterAccess access;
  private final KubernetesClient client;

  MockCluster() {
    server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new Dispatcher(), false);
    REQUEST_LOG.setLevel(Level.WARNING);
    server.init();
    access =
        ClusterAccess.to(
            new ConfigBuilder(server.createClient().getConfiguration())
                .withNamespace("network")
                // A busy machine may let the server in memory wait for long.
                .withRequestTimeout(60_000)
                .build());
    client = access.client();
    for (String plural : List.of("vpcendpointprojects", "vpcendpointservices")) {
      client.resource(definition(plural)).create();
    }
  }

  private static CustomResourceDefinition definition(String plural) {
    try {
      return SERIALIZATION.unmarshal(
          Files.readString(Path.of("crds", plural + ".vpcep.io-v1.yml")),
          CustomResourceDefinition.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ClusterAccess access() {
    return access;
  }

  KubernetesClient client() {
    return client;
  }

  /** Answers requests, such as {@code PUT /apis/...}, that match with 500 from now on. */
  void failOn(Predicate<String> requests) {
    failOn(500, requests);
  }

  void failOn(int code, Predicate<String> requests) {
    failure = code;
    failing.set(requests);
  }

  void failNothing() {
    failOn(line -> false);
  }

  /** How many requests so far match, the refused ones included. */
  long count(Predicate<String> matching) {
    return requests.stream().filter(matching).count();
  }

  static boolean isStatusWriteOfProject(String line) {
    return line.startsWith("PUT ")
        && line.contains("/vpcendpointprojects/")
        && line.endsWith("/status");
  }

  static boolean isServiceWrite(String line) {
    return !line.startsWith("GET ")
        && line.contains("/vpcendpointservices")
        && line.contains("/namespaces/network/");
  }

  @Override
  public void close() {
    access.close();
    server.destroy();
  }

  private final class Dispatcher extends KubernetesCrudDispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      String line = request.getMethod() + " " + request.getPath();
      requests.add(line);
      if (failing.get().test(line)) {
        return new MockResponse().setResponseCode(failure);
      }
      if (!line.startsWith("PUT ") || !line.endsWith("/status")) {
        return super.dispatch(request);
      }
      // A body can be read once.
      String body = request.getUtf8Body();
      return isOutdated(request.getPath(), body)
          ? new MockResponse().setResponseCode(409)
          : super.dispatch(
              new RecordedRequest(
                  request.getHttpVersion(),
                  request.method(),
                  request.getPath(),
                  request.getHeaders(),
                  new Buffer(body.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public MockResponse handleWatch(String path) {
      MockResponse response = super.handleWatch(path);
      WebSocketListener watch = response.getWebSocketListener();
      return watch == null ? response : response.withWebSocketUpgrade(new WatchClosedAside(watch));
    }

    private boolean isOutdated(String path, String body) {
      MockResponse present = handleGet(path.replaceAll("/status$", ""));
      String sent = version(body);
      return present.code() == 200
          && sent != null
          && !sent.equals(
              version(new String(present.getBody().getBytes(), StandardCharsets.UTF_8)));
    }

    private String version(String json) {
      return SERIALIZATION
          .unmarshal(json, GenericKubernetesResource.class)
          .getMetadata()
          .getResourceVersion();
    }
  }
}
