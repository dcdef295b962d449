package io.vpcep.operator;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfig;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubeapitest.binary.BinaryManager;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;

/** The Kubernetes API of the demo, with the shipped resource definitions. */
final class DemoCluster implements AutoCloseable {
  /** Namespace of everything that the demo makes. */
  static final String NAMESPACE = "demo";

  private final String name;
  private final KubernetesClient client;
  private final String kubeconfig;
  private final Runnable stop;

  private DemoCluster(String name, KubernetesClient client, String kubeconfig, Runnable stop) {
    this.name = name;
    this.client = client;
    this.kubeconfig = kubeconfig;
    this.stop = stop;
  }

  /** A real kube-apiserver where one is at hand or can be downloaded, else one in memory. */
  static DemoCluster start() throws IOException {
    DemoCluster cluster;
    try {
      cluster = real();
    } catch (KubeAPITestException e) {
      cluster = inMemory();
    }
    cluster.prepare();
    return cluster;
  }

  private static DemoCluster real() {
    KubeAPIServerConfig config =
        new KubeAPIServerConfigBuilder()
            .withUpdateKubeConfig(false)
            .withWaitForEtcdHealthCheckOnStartup(false)
            .withStartupTimeout(120_000)
            .build();
    new BinaryManager(config).initAndDownloadIfRequired();
    KubeAPIServer server = new KubeAPIServer(config);
    server.start();
    String kubeconfig = server.getKubeConfigYaml();
    KubernetesClient client = client(Config.fromKubeconfig(kubeconfig));
    String version = client.getKubernetesVersion().getGitVersion();
    return new DemoCluster("a real kube-apiserver, " + version, client, kubeconfig, server::stop);
  }

  private static DemoCluster inMemory() {
    // It logs each request to the console.
    LogManager.getLogManager().reset();
    KubernetesMockServer server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            new HashMap<>(),
            new KubernetesCrudDispatcher(),
            false);
    server.init();
    String kubeconfig =
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: demo, cluster: {server: "%s"}}]
        users: [{name: demo}]
        contexts: [{name: demo, context: {cluster: demo, user: demo, namespace: demo}}]
        current-context: demo
        """
            .formatted(server.url("/"));
    KubernetesClient client = client(Config.fromKubeconfig(kubeconfig));
    return new DemoCluster(
        "in memory, by Fabric8: a kube-apiserver is not at hand and could not be downloaded",
        client,
        kubeconfig,
        server::destroy);
  }

  private static KubernetesClient client(Config config) {
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private void prepare() throws IOException {
    for (String plural : List.of("vpcendpointprojects", "vpcendpointservices")) {
      Path file = Path.of("crds", plural + ".vpcep.io-v1.yml");
      CustomResourceDefinition crd =
          client
              .getKubernetesSerialization()
              .unmarshal(Files.readString(file), CustomResourceDefinition.class);
      client.resource(crd).create();
      if (kubeconfig.contains("certificate-authority-data")) {
        client.resource(crd).waitUntilCondition(DemoCluster::isServed, 30, TimeUnit.SECONDS);
      }
    }
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
  }

  private static boolean isServed(CustomResourceDefinition crd) {
    return crd.getStatus() != null
        && crd.getStatus().getConditions() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  /** What kind of API this is, for people. */
  String name() {
    return name;
  }

  KubernetesClient client() {
    return client;
  }

  /** Writes a kubeconfig with all rights. */
  Path writeKubeconfig(Path directory) throws IOException {
    Files.createDirectories(directory);
    return Files.writeString(directory.resolve("kubeconfig"), kubeconfig).toAbsolutePath();
  }

  @Override
  public void close() {
    client.close();
    stop.run();
  }
}
