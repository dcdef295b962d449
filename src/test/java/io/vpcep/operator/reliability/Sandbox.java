package io.vpcep.operator.reliability;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vpcep.operator.OperatorInstance;
import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.kube.ApiServer;
import io.vpcep.operator.simulator.SimulatedService;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A namespace with one project, the cloud that it shows, and the operator behind a proxy of its
 * own. An operator that was cut off is replaced by a new one, as a kubelet would, whenever the
 * sandbox waits for something.
 */
final class Sandbox implements AutoCloseable {
  static final String PROJECT = "prod";
  static final String SYNCED = "Synced";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Instant CLOUD_TIME = Instant.parse("2026-11-22T10:00:00Z");

  private final String namespace = "reliability-" + UUID.randomUUID().toString().substring(0, 8);
  private final List<FaultProxy> proxies = new ArrayList<>();
  private final List<Thread> ending = new ArrayList<>();
  private final KubernetesClient admin = ApiServer.adminClient();
  private final Simulator cloud;
  private final Config user;
  private OperatorInstance operator;
  private int requests;

  Sandbox(int services) {
    try (KubernetesClient shipped = ApiServer.operatorClient()) {
      user = shipped.getConfiguration();
    }
    admin
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    cloud =
        Simulator.start(
            SimulatorOptions.defaults().withSize(1, services), InstantSource.fixed(CLOUD_TIME));
  }

  KubernetesClient admin() {
    return admin;
  }

  Config user() {
    return user;
  }

  String namespace() {
    return namespace;
  }

  Simulator cloud() {
    return cloud;
  }

  String projectId() {
    return cloud.projectIds().get(0);
  }

  /** Starts an operator behind a new proxy that does what {@code rule} says from the start. */
  FaultProxy startOperator(FaultProxy.Rule rule) {
    FaultProxy proxy = FaultProxy.ofApiServer(user);
    proxy.follow(rule);
    proxies.add(proxy);
    operator = OperatorInstance.start(proxy.config(), namespace, Map.of());
    return proxy;
  }

  /** The same, and everything goes through. */
  FaultProxy startOperator() {
    return startOperator(request -> Reaction.FORWARD);
  }

  FaultProxy proxy() {
    return proxies.get(proxies.size() - 1);
  }

  OperatorInstance operator() {
    return operator;
  }

  /** What reached the API server from all the operators that there were. */
  long count(Predicate<ApiRequest> which) {
    return proxies.stream().mapToLong(proxy -> proxy.count(which)).sum();
  }

  private void replaceTheDead() {
    if (!proxies.isEmpty() && proxy().isCutOff()) {
      // A request that is under way in the API server ends long before a new process is there.
      proxy().awaitIdle();
      endAside(operator);
      startOperator();
    }
  }

  /** Nothing that it still does reaches anybody: nobody waits for it. */
  private void endAside(OperatorInstance dead) {
    Thread end = new Thread(dead::close, "end-of-operator");
    end.start();
    ending.add(end);
  }

  /** Lists everything, one listing an hour apart: a sync happens when it is asked for. */
  VpcEndpointProjectSpec spec() {
    return spec(null, null);
  }

  VpcEndpointProjectSpec spec(
      VpcEndpointProjectSpec.Query query, VpcEndpointProjectSpec.Prune prune) {
    return spec(cloud.baseUrl().toString(), "1h", query, prune);
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
    project.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(PROJECT).build());
    project.setSpec(spec);
    admin.resource(project).create();
  }

  void editProject(UnaryOperator<VpcEndpointProject> change) {
    admin.resources(VpcEndpointProject.class).inNamespace(namespace).withName(PROJECT).edit(change);
  }

  void deleteProject() {
    admin.resources(VpcEndpointProject.class).inNamespace(namespace).withName(PROJECT).delete();
  }

  VpcEndpointProject project() {
    return admin.resources(VpcEndpointProject.class).inNamespace(namespace).withName(PROJECT).get();
  }

  List<VpcEndpointService> services() {
    return admin.resources(VpcEndpointService.class).inNamespace(namespace).list().getItems();
  }

  List<SimulatedService> listed() {
    return cloud.services(projectId());
  }

  /** Asks for a sync; returns the value that is on record once it was done. */
  String request() {
    String request = String.valueOf(++requests);
    editProject(
        project -> {
          project.setMetadata(
              new ObjectMetaBuilder(project.getMetadata())
                  .addToAnnotations(Labels.REQUESTED_AT, request)
                  .build());
          return project;
        });
    return request;
  }

  /** Asks for a sync and returns when it was done and went well. */
  void sync() {
    String request = request();
    awaitStatus(status -> request.equals(status.lastHandledRequest()) && isReady(status, SYNCED));
  }

  /** Asks for a sync and returns when it was done and failed for {@code reason}. */
  Condition syncFails(String reason) {
    String request = request();
    return ready(
        awaitStatus(
            status -> request.equals(status.lastHandledRequest()) && isReady(status, reason)));
  }

  void awaitSynced() {
    awaitStatus(status -> isReady(status, SYNCED));
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
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              replaceTheDead();
              return condition.getAsBoolean();
            });
  }

  static boolean isReady(VpcEndpointProjectStatus status, String reason) {
    Condition ready = ready(status);
    return ready != null && ready.reason().equals(reason);
  }

  static Condition ready(VpcEndpointProjectStatus status) {
    return status.conditions() == null
        ? null
        : status.conditions().stream()
            .filter(condition -> condition.type().equals(Condition.READY))
            .findFirst()
            .orElse(null);
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

  /** Ends the operator as if its process was told to. */
  void stopOperator() {
    operator.close();
    operator = null;
  }

  @Override
  public void close() {
    try {
      if (operator != null) {
        operator.close();
      }
      for (Thread end : ending) {
        end.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    proxies.forEach(FaultProxy::close);
    cloud.close();
    deleteProject();
    admin.resources(VpcEndpointService.class).inNamespace(namespace).delete();
    admin.close();
  }
}
