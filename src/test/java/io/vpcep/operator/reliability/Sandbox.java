package io.vpcep.operator.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vpcep.operator.OperatorInstance;
import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import io.vpcep.operator.kube.ApiServer;
import io.vpcep.operator.simulator.SimulatedService;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A namespace with one project, the cloud that it shows, and the operator behind a proxy of its
 * own. An operator that was cut off is replaced by a new one, as a kubelet would, whenever the
 * sandbox waits for something.
 */
final class Sandbox implements AutoCloseable {
  static final String PROJECT = "prod";
  static final String SYNCED = "Synced";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Milliseconds, half of the client's default: tests of what hangs take so long. */
  private static final int REQUEST_TIMEOUT = 5_000;

  /** Milliseconds; 30 seconds by default. */
  private static final long PING_INTERVAL = 3_000;

  private static final Instant CLOUD_TIME = Instant.parse("2026-11-22T10:00:00Z");

  private final String namespace = "reliability-" + UUID.randomUUID().toString().substring(0, 8);
  private final List<FaultProxy> proxies = new CopyOnWriteArrayList<>();
  private final List<Thread> ending = new ArrayList<>();
  private final KubernetesClient admin;
  private final Deque<FaultProxy.Rule> rules = new ArrayDeque<>();
  private final Simulator cloud;
  private final Launcher launcher;
  private Config user;
  private final List<Launched> operators = new CopyOnWriteArrayList<>();
  private int requests;

  /** How an operator is started. */
  interface Launcher {
    Launched launch(FaultProxy proxy, String namespace);
  }

  /**
   * An operator that was started.
   *
   * @param httpPort where health and metrics are served
   * @param end ends it in some way
   */
  record Launched(int httpPort, Runnable end) {}

  /**
   * An API server.
   *
   * @param admin may do everything
   * @param operator who the operator is
   */
  record Cluster(KubernetesClient admin, Config operator) {
    /** The server of all tests, where the operator has the shipped rights and no more. */
    static Cluster shared() {
      return Shared.CLUSTER;
    }
  }

  private static final class Shared {
    static final Cluster CLUSTER = new Cluster(ApiServer.adminClient(), operator());

    private static Config operator() {
      ApiServer.installCrds();
      try (KubernetesClient shipped = ApiServer.operatorClient()) {
        return shipped.getConfiguration();
      }
    }
  }

  /** With an operator within this JVM. */
  Sandbox(int services) {
    this(services, Sandbox::withinThisJvm, Cluster.shared());
  }

  Sandbox(int services, Launcher launcher, Cluster cluster) {
    this.launcher = launcher;
    this.admin = cluster.admin();
    this.user = cluster.operator();
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

  static Launched withinThisJvm(FaultProxy proxy, String namespace) {
    Config config =
        new ConfigBuilder(proxy.config())
            .withRequestTimeout(REQUEST_TIMEOUT)
            .withWebsocketPingInterval(PING_INTERVAL)
            .build();
    OperatorInstance operator = OperatorInstance.start(config, namespace, Map.of());
    return new Launched(operator.httpPort(), operator::close);
  }

  /** Asks the API server as somebody else. */
  void actAs(Config other) {
    user = other;
  }

  /** What the proxies of the next operators do from the start; of those after them: nothing. */
  void expect(FaultProxy.Rule rule) {
    rules.add(rule);
  }

  /** Starts an operator behind a proxy of its own. */
  FaultProxy startOperator() {
    FaultProxy proxy = FaultProxy.ofApiServer(user);
    if (!rules.isEmpty()) {
      proxy.follow(rules.remove());
    }
    proxies.add(proxy);
    operators.add(launcher.launch(proxy, namespace));
    return proxy;
  }

  FaultProxy proxy() {
    return proxies.get(proxies.size() - 1);
  }

  /** True once an operator was begun to be started. */
  boolean hasOperator() {
    return !proxies.isEmpty();
  }

  /** The one that was started last. */
  Launched operator() {
    return operators.get(operators.size() - 1);
  }

  /** What reached the API server from all the operators that there were. */
  long count(Predicate<ApiRequest> which) {
    return proxies.stream().mapToLong(proxy -> proxy.count(which)).sum();
  }

  private void replaceTheDead() {
    if (!proxies.isEmpty() && proxy().isCutOff()) {
      // A request that is under way in the API server ends long before a new process is there.
      proxy().awaitIdle();
      endAside(operator());
      startOperator();
    }
  }

  /** Nothing that it still does reaches anybody: nobody waits for it. */
  private void endAside(Launched dead) {
    Thread end = new Thread(dead.end(), "end-of-operator");
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
        .pollInterval(Duration.ofMillis(50))
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

  /** Changes every service of the cloud, so that a sync has a status to write for each. */
  void changeEverything() {
    for (SimulatedService service : listed()) {
      cloud.setConnectionCount(projectId(), service.id(), service.connectionCount() + 1);
    }
  }

  /** Fails unless each service of the cloud is mirrored as it is, and nothing else. */
  void assertMirrored() {
    assertThat(services().stream().map(Sandbox::shown))
        .containsExactlyInAnyOrderElementsOf(listed().stream().map(Sandbox::shown).toList());
  }

  /** True when each service of the cloud is mirrored as it is, and nothing else. */
  boolean mirrors() {
    Set<String> mirrored = services().stream().map(Sandbox::shown).collect(Collectors.toSet());
    return mirrored.equals(listed().stream().map(Sandbox::shown).collect(Collectors.toSet()));
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
    proxies.forEach(FaultProxy::cutOff);
    operators.forEach(operator -> operator.end().run());
    try {
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
  }
}
