package io.vpcep.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vpcep.operator.cluster.KubernetesMirror;
import io.vpcep.operator.cluster.SecretCredentials;
import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceSpec;
import io.vpcep.operator.crd.VpcEndpointServiceSpec.ProjectReference;
import io.vpcep.operator.ops.OperatorMetrics;
import io.vpcep.operator.sync.Synchronizer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * An operator whose hours pass in milliseconds: real turns, a real mirror and an in-memory cluster
 * on one side, a scripted cloud and a virtual clock on the other. After every turn it checks what
 * always has to hold.
 */
final class VirtualOperator implements AutoCloseable {
  static final String NAMESPACE = "network";
  private static final String BEACONS = "beacons";

  final VirtualClock clock = new VirtualClock();
  final ScriptedCloud cloud = new ScriptedCloud(clock);
  final RecordedEvents events = new RecordedEvents();
  final MockCluster cluster = new MockCluster();
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  double chance;

  private final Map<String, ProjectState> states = new TreeMap<>();
  private final Map<String, Instant> due = new TreeMap<>();
  private final StatusHistory history = new StatusHistory(clock);
  private KubernetesMirror mirror;
  private ProjectCycle cycle;
  private Runnable beforeStatusWrite = () -> {};
  private int beacons;

  VirtualOperator() {
    start();
  }

  private void start() {
    mirror = new KubernetesMirror(cluster.access(), List.of(), (verb, result) -> {}, clock);
    mirror.start();
    await().pollInterval(Duration.ofMillis(2)).until(mirror::isComplete);
    ProjectReporter reporter =
        new ProjectReporter(
            this::writeStatus, new ProjectEvents(events), new OperatorMetrics(registry));
    cycle =
        new ProjectCycle(
            new Synchronizer(cloud, mirror, clock),
            mirror,
            new SecretCredentials(client()),
            reporter,
            new Time(clock, () -> chance));
    settle();
  }

  private Optional<VpcEndpointProject> writeStatus(
      VpcEndpointProject seen, VpcEndpointProjectStatus status) {
    Runnable meanwhile = beforeStatusWrite;
    beforeStatusWrite = () -> {};
    meanwhile.run();
    Optional<VpcEndpointProject> written = new KubernetesStatusWriter(client()).write(seen, status);
    if (written.isPresent()) {
      history.check(seen, status);
    }
    return written;
  }

  /** Happens once, just before the next status is written. */
  void beforeNextStatusWrite(Runnable meanwhile) {
    beforeStatusWrite = meanwhile;
  }

  /** Another process takes over: it knows nothing but what the cluster holds. */
  void restart() {
    mirror.close();
    states.clear();
    due.replaceAll((name, at) -> clock.instant());
    start();
  }

  KubernetesClient client() {
    return cluster.client();
  }

  void create(String name, SpecDraft spec) {
    VpcEndpointProject project = new VpcEndpointProject();
    project.setMetadata(new ObjectMetaBuilder().withNamespace(NAMESPACE).withName(name).build());
    project.setSpec(spec.spec());
    client().resource(project).create();
    due.put(name, clock.instant());
  }

  /** Creates a project and lets it take its first turn. */
  void sync(String name, SpecDraft spec) {
    create(name, spec);
    turn(name);
  }

  void changeSpec(String name, SpecDraft spec) {
    edit(
        name,
        project -> {
          project.setSpec(spec.spec());
          return project;
        });
  }

  void annotate(String name, String key, String value) {
    edit(
        name,
        project -> {
          Map<String, String> annotations = new TreeMap<>(Annotations.of(project));
          annotations.put(key, value);
          project.getMetadata().setAnnotations(annotations);
          return project;
        });
  }

  private void edit(String name, UnaryOperator<VpcEndpointProject> change) {
    resource(name).edit(change);
    due.put(name, clock.instant());
  }

  void putSecret(String name, Map<String, String> values) {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withName(name)
            .endMetadata()
            .withData(SecretText.encoded(values))
            .build();
    client().resource(secret).createOr(NonDeletingOperation::update);
  }

  void deleteSecret(String name) {
    client().secrets().inNamespace(NAMESPACE).withName(name).delete();
  }

  /** Deletes a project and, as the garbage collector does, what it owns. */
  void delete(String name) {
    resource(name).delete();
    due.remove(name);
    states.remove(name);
    for (VpcEndpointService service : services().values()) {
      if (service.getMetadata().getOwnerReferences().get(0).getName().equals(name)) {
        client().resource(service).delete();
      }
    }
    settle();
  }

  /** Takes a turn of a project now, and checks what holds after each. */
  Duration turn(String name) {
    return turn(project(name));
  }

  /** Takes a turn of a project that the cache shows as {@code cached}. */
  Duration turn(VpcEndpointProject cached) {
    String name = cached.getMetadata().getName();
    long writes = serviceWrites();
    Duration next;
    try {
      next = cycle.run(cached, states.computeIfAbsent(name, key -> new ProjectState()));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(next).isPositive();
    due.put(name, clock.instant().plus(next));
    if (writes != serviceWrites()) {
      settle();
    }
    ProjectStatusAssert.assertThat(status(name)).isClean(clock.latest());
    return next;
  }

  /** Lets every project take its turns for so long. */
  void runFor(Duration duration) {
    Instant end = clock.instant().plus(duration);
    while (true) {
      String next = null;
      for (String name : due.keySet()) {
        next = next == null || due.get(name).isBefore(due.get(next)) ? name : next;
      }
      if (next == null || due.get(next).isAfter(end)) {
        clock.set(end);
        return;
      }
      if (due.get(next).isAfter(clock.instant())) {
        clock.set(due.get(next));
      }
      turn(next);
    }
  }

  /** Time until the project takes its next turn. */
  Duration untilNext(String name) {
    return Duration.between(clock.instant(), due.get(name));
  }

  /** When what the watch has to tell was told: events come in order, a last one is waited for. */
  void settle() {
    VpcEndpointService beacon = new VpcEndpointService();
    String name = "beacon-" + beacons++;
    beacon.setMetadata(new ObjectMetaBuilder().withNamespace(BEACONS).withName(name).build());
    beacon.setSpec(new VpcEndpointServiceSpec(new ProjectReference("none"), name));
    client().resource(beacon).create();
    await().pollInterval(Duration.ofMillis(1)).until(() -> mirror.find(BEACONS, name).isPresent());
  }

  VpcEndpointProject project(String name) {
    return resource(name).get();
  }

  private Resource<VpcEndpointProject> resource(String name) {
    return client().resources(VpcEndpointProject.class).inNamespace(NAMESPACE).withName(name);
  }

  VpcEndpointProjectStatus status(String name) {
    return ProjectReporter.status(project(name));
  }

  Condition ready(String name) {
    return ProjectConditions.ready(status(name).conditions());
  }

  /** The mirrored services by name. */
  Map<String, VpcEndpointService> services() {
    Map<String, VpcEndpointService> services = new TreeMap<>();
    client()
        .resources(VpcEndpointService.class)
        .inNamespace(NAMESPACE)
        .list()
        .getItems()
        .forEach(service -> services.put(service.getMetadata().getName(), service));
    return services;
  }

  /** Reason of the Ready condition of a service. */
  String phase(String service) {
    return services().get(service).getStatus().conditions().get(0).reason();
  }

  long statusWrites() {
    return cluster.count(MockCluster::isStatusWriteOfProject);
  }

  long serviceWrites() {
    return cluster.count(MockCluster::isServiceWrite);
  }

  @Override
  public void close() {
    mirror.close();
    cluster.close();
  }
}
