package io.vpcep.operator.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.kube.ApiServer;
import io.vpcep.operator.kube.RequestCounts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The API server that everything is measured against, and what is prepared on it. */
final class Stage implements AutoCloseable {
  private static final int DELETED_AT_ONCE = 200;
  private static final long PATIENCE_MINUTES = 30;

  /** While syncs fail, more than half of a cloud that changes may come and go. */
  private static final VpcEndpointProjectSpec.Prune EVERYTHING_MAY_GO =
      new VpcEndpointProjectSpec.Prune(null, null, 100);

  private final KubernetesClient admin = ApiServer.adminClient();
  private final Path kubeconfig;
  private final Jvm jvm;
  private int namespaces;

  private Stage(Path kubeconfig, Jvm jvm) {
    this.kubeconfig = kubeconfig;
    this.jvm = jvm;
  }

  /**
   * Starts it.
   *
   * @param jvm that runs the operator
   */
  static Stage open(Jvm jvm) throws IOException {
    String kubeconfig = ApiServer.kubeconfigYaml();
    ApiServer.installCrds();
    return new Stage(
        Files.writeString(Report.DIRECTORY.resolve("kubeconfig"), kubeconfig).toAbsolutePath(),
        jvm);
  }

  KubernetesClient admin() {
    return admin;
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  Jvm jvm() {
    return jvm;
  }

  String serverVersion() {
    return admin.getKubernetesVersion().getGitVersion();
  }

  /** What starts an operator that watches these namespaces. */
  OperatorUnderTest.Launch launch(String... watched) {
    return new OperatorUnderTest.Launch(jvm, access(), List.of(watched), List.of());
  }

  /** Where the API server is, and who asks, in the variables of the Kubernetes client. */
  Map<String, String> access() {
    Config config = admin.getConfiguration();
    Map<String, String> access = new HashMap<>();
    access.put("KUBERNETES_AUTH_TRYKUBECONFIG", "false");
    access.put("KUBERNETES_MASTER", config.getMasterUrl());
    access.put("KUBERNETES_CERTS_CA_FILE", config.getCaCertFile());
    access.put("KUBERNETES_CERTS_CA_DATA", config.getCaCertData());
    access.put("KUBERNETES_CERTS_CLIENT_FILE", config.getClientCertFile());
    access.put("KUBERNETES_CERTS_CLIENT_DATA", config.getClientCertData());
    access.put("KUBERNETES_CERTS_CLIENT_KEY_FILE", config.getClientKeyFile());
    access.put("KUBERNETES_CERTS_CLIENT_KEY_DATA", config.getClientKeyData());
    access.values().removeIf(Objects::isNull);
    return access;
  }

  /** A namespace that nobody used before. */
  String newNamespace() {
    namespaces++;
    String name = "bench-" + namespaces;
    admin
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return name;
  }

  void createProject(String namespace, String name, Source source) {
    VpcEndpointProject project = new VpcEndpointProject();
    project.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    project.setSpec(
        new VpcEndpointProjectSpec(
            source.endpoint().toString(),
            source.projectId(),
            null,
            null,
            source.interval(),
            null,
            "5m",
            null,
            new VpcEndpointProjectSpec.Query(null, null, null, null, null, 1000),
            EVERYTHING_MAY_GO,
            null));
    admin.resource(project).create();
  }

  /** What a project lists, and how often. */
  record Source(URI endpoint, String projectId, String interval) {}

  /** Returns when the first sync of a project was reported. */
  void awaitSynced(String namespace, String name) {
    admin
        .resources(VpcEndpointProject.class)
        .inNamespace(namespace)
        .withName(name)
        .waitUntilCondition(Stage::isSynced, PATIENCE_MINUTES, TimeUnit.MINUTES);
  }

  /** How many projects of a namespace are in sync. */
  long synced(String namespace) {
    return admin
        .resources(VpcEndpointProject.class)
        .inNamespace(namespace)
        .list()
        .getItems()
        .stream()
        .filter(Stage::isSynced)
        .count();
  }

  private static boolean isSynced(VpcEndpointProject project) {
    return project != null
        && project.getStatus() != null
        && project.getStatus().conditions() != null
        && project.getStatus().conditions().stream()
            .anyMatch(
                it -> it.type().equals(Condition.READY) && it.status().equals(Condition.TRUE));
  }

  /** Writes so far to VpcEndpointServices, as the API server counts them. */
  long serviceWrites() {
    return RequestCounts.writes(admin, "vpcendpointservices");
  }

  /** Writes so far to VpcEndpointProjects. */
  long projectWrites() {
    return RequestCounts.writes(admin, "vpcendpointprojects");
  }

  /** Deletes what is in a namespace; no operator may watch it any more. */
  void empty(String namespace) throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (String kind : List.of("vpcendpointprojects", "vpcendpointservices")) {
      String some =
          "/apis/vpcep.io/v1alpha1/namespaces/%s/%s?limit=%d"
              .formatted(namespace, kind, DELETED_AT_ONCE);
      String deleted;
      do {
        deleted = admin.raw(some, "DELETE", null);
      } while (json.readTree(deleted).path("items").size() > 0);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
