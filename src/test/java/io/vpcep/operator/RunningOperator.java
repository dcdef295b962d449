package io.vpcep.operator;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.kube.ApiServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The operator on the real API server, with the shipped resource definitions and no more than the
 * shipped rights, in a namespace of its own.
 */
final class RunningOperator implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final KubernetesClient admin = ApiServer.adminClient();
  private final String namespace = "test-" + UUID.randomUUID().toString().substring(0, 8);
  private final Config own;
  private OperatorInstance instance;

  RunningOperator() {
    ApiServer.installCrds();
    try (KubernetesClient shipped = ApiServer.operatorClient()) {
      own = shipped.getConfiguration();
    }
    admin
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    start(Map.of());
  }

  /** Starts the operator with these settings on top of those of the tests. */
  void start(Map<String, String> settings) {
    instance = OperatorInstance.start(own, namespace, settings);
  }

  void stop() {
    instance.close();
  }

  int httpPort() {
    return instance.httpPort();
  }

  KubernetesClient admin() {
    return admin;
  }

  String namespace() {
    return namespace;
  }

  /** Creates a project; without an interval it syncs when it is asked to. */
  void createProject(String name, VpcEndpointProjectSpec spec) {
    VpcEndpointProject project = new VpcEndpointProject();
    project.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    project.setSpec(spec);
    admin.resource(project).create();
  }

  static VpcEndpointProjectSpec spec(
      String endpoint, String projectId, String interval, int pageSize) {
    return new VpcEndpointProjectSpec(
        endpoint,
        projectId,
        null,
        null,
        interval,
        null,
        "30s",
        null,
        new VpcEndpointProjectSpec.Query(null, null, null, null, null, pageSize),
        null,
        null);
  }

  VpcEndpointProject project(String name) {
    return admin.resources(VpcEndpointProject.class).inNamespace(namespace).withName(name).get();
  }

  List<VpcEndpointService> services() {
    return admin.resources(VpcEndpointService.class).inNamespace(namespace).list().getItems();
  }

  VpcEndpointService service(String name) {
    return admin.resources(VpcEndpointService.class).inNamespace(namespace).withName(name).get();
  }

  /** Asks for a sync and returns the status once it was done. */
  VpcEndpointProjectStatus sync(String project) {
    String request = UUID.randomUUID().toString();
    admin
        .resources(VpcEndpointProject.class)
        .inNamespace(namespace)
        .withName(project)
        .edit(
            present -> {
              Map<String, String> annotations = new HashMap<>();
              if (present.getMetadata().getAnnotations() != null) {
                annotations.putAll(present.getMetadata().getAnnotations());
              }
              annotations.put(Labels.REQUESTED_AT, request);
              present.getMetadata().setAnnotations(annotations);
              return present;
            });
    return awaitStatus(project, status -> request.equals(status.lastHandledRequest()));
  }

  VpcEndpointProjectStatus awaitReason(String project, String reason) {
    return awaitStatus(project, status -> reason.equals(ready(status).reason()));
  }

  VpcEndpointProjectStatus awaitStatus(
      String project, Predicate<VpcEndpointProjectStatus> condition) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> project(project).getStatus(), status -> status != null && condition.test(status));
  }

  static Condition ready(VpcEndpointProjectStatus status) {
    return condition(status.conditions(), Condition.READY);
  }

  static Condition condition(List<Condition> conditions, String type) {
    return conditions.stream()
        .filter(condition -> condition.type().equals(type))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no condition " + type + " in " + conditions));
  }

  @Override
  public void close() {
    instance.close();
    admin.resources(VpcEndpointProject.class).inNamespace(namespace).delete();
    admin.resources(VpcEndpointService.class).inNamespace(namespace).delete();
    admin.close();
  }
}
