package io.vpcep.operator.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import io.vpcep.operator.simulator.SimulatedService;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A namespace with one project, the cloud that it shows, and the operator behind a proxy of its
 * own. Whenever it waits for something it replaces an operator that was cut off.
 */
final class Sandbox extends OperatorHost {
  static final String PROJECT = "prod";
  static final String SYNCED = "Synced";

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Instant CLOUD_TIME = Instant.parse("2026-11-22T10:00:00Z");

  private final KubernetesClient admin;
  private final Simulator cloud;
  private int requests;

  /** With an operator within this JVM. */
  Sandbox(int services) {
    this(services, OperatorHost::withinThisJvm, Cluster.shared());
  }

  /** With one that soon notices what hangs. */
  static Sandbox impatient(int services) {
    return new Sandbox(services, OperatorHost::impatient, Cluster.shared());
  }

  Sandbox(int services, Launcher launcher, Cluster cluster) {
    super(launcher, cluster.operator());
    this.admin = cluster.admin();
    admin
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace()).endMetadata().build())
        .create();
    cloud =
        Simulator.start(
            SimulatorOptions.defaults().withSize(1, services), InstantSource.fixed(CLOUD_TIME));
  }

  KubernetesClient admin() {
    return admin;
  }

  Simulator cloud() {
    return cloud;
  }

  String projectId() {
    return cloud.projectIds().get(0);
  }

  /** Lists everything, one listing an hour apart: a sync happens when it is asked for. */
  VpcEndpointProjectSpec spec() {
    return spec(cloud.baseUrl().toString(), "1h", null, null);
  }

  VpcEndpointProjectSpec spec(
      String endpoint,
      String interval,
      VpcEndpointProjectSpec.Query query,
      VpcEndpointProjectSpec.Prune prune) {
    return new VpcEndpointProjectSpec(
        endpoint, projectId(), null, null, interval, null, "30s", null, query, prune, null);
  }

  void createProject(VpcEndpointProjectSpec spec) {
    VpcEndpointProject project = new VpcEndpointProject();
    project.setMetadata(
        new ObjectMetaBuilder().withNamespace(namespace()).withName(PROJECT).build());
    project.setSpec(spec);
    admin.resource(project).create();
  }

  void editProject(UnaryOperator<VpcEndpointProject> change) {
    admin
        .resources(VpcEndpointProject.class)
        .inNamespace(namespace())
        .withName(PROJECT)
        .edit(change);
  }

  void deleteProject() {
    admin.resources(VpcEndpointProject.class).inNamespace(namespace()).withName(PROJECT).delete();
  }

  VpcEndpointProject project() {
    return admin
        .resources(VpcEndpointProject.class)
        .inNamespace(namespace())
        .withName(PROJECT)
        .get();
  }

  /** Whatever shape they have; one that does not decode is shown by its metadata alone. */
  List<VpcEndpointService> services() {
    return generic(VpcEndpointService.class).list().getItems().stream().map(this::typed).toList();
  }

  private VpcEndpointService typed(GenericKubernetesResource service) {
    try {
      return admin.getKubernetesSerialization().convertValue(service, VpcEndpointService.class);
    } catch (IllegalArgumentException e) {
      VpcEndpointService unreadable = new VpcEndpointService();
      unreadable.setMetadata(service.getMetadata());
      return unreadable;
    }
  }

  /** Objects of a kind in the sandbox, in a form that reads and writes any shape. */
  NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      generic(Class<? extends HasMetadata> kind) {
    return admin
        .genericKubernetesResources(ResourceDefinitionContext.fromResourceType(kind))
        .inNamespace(namespace());
  }

  List<SimulatedService> listed() {
    return cloud.services(projectId());
  }

  /** Asks for a sync; returns the value that is on record once it was done. */
  String request() {
    String request = String.valueOf(++requests);
    generic(VpcEndpointProject.class)
        .withName(PROJECT)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            Serialization.asJson(
                Map.of("metadata", Map.of("annotations", Map.of(Labels.REQUESTED_AT, request)))));
    return request;
  }

  /** Asks for a sync and returns when it was done and went well. */
  void sync() {
    String request = request();
    awaitStatus(status -> request.equals(status.lastHandledRequest()) && Ready.is(status, SYNCED));
  }

  /** Asks for a sync and returns when it was done and failed for {@code reason}. */
  Condition syncFails(String reason) {
    String request = request();
    return Ready.of(
        awaitStatus(
            status -> request.equals(status.lastHandledRequest()) && Ready.is(status, reason)));
  }

  void awaitSynced() {
    awaitStatus(status -> Ready.is(status, SYNCED));
  }

  VpcEndpointProjectStatus awaitStatus(Predicate<VpcEndpointProjectStatus> condition) {
    until(
        () -> {
          VpcEndpointProject project = project();
          VpcEndpointProjectStatus status = project.getStatus();
          return status != null
              && project.getMetadata().getGeneration().equals(status.observedGeneration())
              && condition.test(status);
        });
    return project().getStatus();
  }

  /** Waits, and keeps an operator running meanwhile. */
  void until(BooleanSupplier condition) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              replaceTheDead();
              return condition.getAsBoolean();
            });
  }

  /** Changes every service of the cloud, so that a sync has a status to write for each. */
  void changeEverything() {
    for (SimulatedService service : listed()) {
      cloud.setConnectionCount(projectId(), service.id(), service.connectionCount() + 1);
    }
  }

  /** Fails unless each service of the cloud is mirrored as it is, and nothing else. */
  void assertMirrored() {
    assertThat(shownMirror()).isEqualTo(shownCloud());
  }

  /** True when {@link #assertMirrored} would not fail. */
  boolean mirrors() {
    return shownMirror().equals(shownCloud());
  }

  private Set<String> shownMirror() {
    return services().stream().map(Sandbox::shown).collect(Collectors.toSet());
  }

  private Set<String> shownCloud() {
    return listed().stream().map(Sandbox::shown).collect(Collectors.toSet());
  }

  private static String shown(SimulatedService service) {
    return service.id() + " " + service.status() + " " + service.connectionCount();
  }

  private static String shown(VpcEndpointService service) {
    VpcEndpointServiceStatus status = service.getStatus();
    return status == null
        ? service.getMetadata().getName()
        : "%s %s %d"
            .formatted(
                service.getMetadata().getName(), status.availability(), status.connectionCount());
  }

  /** Deletes a service and spoils another, and syncs until both are as they were. */
  void assertRepairs() {
    List<VpcEndpointService> present = services();
    VpcEndpointService spoilt = present.get(1);
    admin.resource(present.get(0)).delete();
    admin
        .resource(spoilt)
        .edit(
            service -> {
              service.getMetadata().getLabels().remove(Labels.PROJECT);
              return service;
            });
    until(
        () -> {
          sync();
          return services().size() == listed().size()
              && PROJECT.equals(
                  admin.resource(spoilt).get().getMetadata().getLabels().get(Labels.PROJECT));
        });
    assertMirrored();
  }

  /** Deletes what the garbage collector would: services whose owner is gone. */
  void collectGarbage() {
    VpcEndpointProject owner = project();
    String uid = owner == null ? "" : owner.getMetadata().getUid();
    for (VpcEndpointService service : services()) {
      boolean owned =
          service.getMetadata().getOwnerReferences().stream()
              .anyMatch(reference -> reference.getUid().equals(uid));
      if (!owned) {
        admin.resource(service).delete();
      }
    }
  }

  @Override
  public void close() {
    super.close();
    cloud.close();
    deleteProject();
    admin.resources(VpcEndpointService.class).inNamespace(namespace()).delete();
  }
}
