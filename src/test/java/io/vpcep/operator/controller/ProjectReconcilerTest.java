package io.vpcep.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vpcep.operator.cluster.KubernetesMirror;
import io.vpcep.operator.cluster.SecretCredentials;
import io.vpcep.operator.config.InvalidSettings;
import io.vpcep.operator.config.OperatorConfig;
import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import io.vpcep.operator.ops.OperatorMetrics;
import io.vpcep.operator.sync.Synchronizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reconciler and the controller under the real JOSDK. */
class ProjectReconcilerTest {
  private final MockCluster cluster = new MockCluster();
  private final KubernetesClient client = cluster.client();
  private final VirtualClock clock = new VirtualClock();
  private final ScriptedCloud cloud = new ScriptedCloud(clock);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final OperatorMetrics metrics = new OperatorMetrics(registry);
  private final AtomicInteger turns = new AtomicInteger();
  private final KubernetesMirror mirror =
      new KubernetesMirror(cluster.access(), List.of(), (verb, result) -> {}, clock);
  private ProjectReconciler reconciler;
  private AutoCloseable running;

  @BeforeEach
  void watch() {
    mirror.start();
    awaitThat(mirror::isComplete);
    cloud.shows("a");
  }

  @AfterEach
  void stop() throws Exception {
    running.close();
    mirror.close();
    cluster.close();
  }

  private ProjectController.Ports ports() {
    return new ProjectController.Ports(
        new Synchronizer(cloud, mirror, clock),
        new CountingMirror(mirror, turns),
        new SecretCredentials(client),
        new KubernetesStatusWriter(client),
        new RecordedEvents(),
        metrics,
        new Time(clock, () -> 0));
  }

  private static OperatorConfig config(Map<String, String> settings) {
    try {
      return OperatorConfig.read(settings);
    } catch (InvalidSettings e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Starts the reconciler with a short time until the turn after a defect. */
  private void startReconciler() {
    OperatorConfig config = config(Map.of("VPCEP_LEADER_ELECTION", "false"));
    reconciler =
        new ProjectReconciler(ProjectController.cycle(ports()), metrics, Duration.ofMillis(50));
    Operator operator =
        new Operator(
            overrider -> overrider.withKubernetesClient(client).withCloseClientOnStop(false));
    operator.register(reconciler, overrider -> ProjectController.configure(overrider, config));
    running = operator::stop;
    operator.start();
  }

  private ProjectController startController(Map<String, String> settings) {
    ProjectController controller =
        new ProjectController(client, config(settings), ports(), Metrics.NOOP, () -> {});
    running = controller;
    controller.start();
    return controller;
  }

  private static void awaitThat(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5)).until(condition);
  }

  private void create(String namespace, String name, Map<String, String> labels) {
    VpcEndpointProject project = new VpcEndpointProject();
    project.setMetadata(
        new ObjectMetaBuilder().withNamespace(namespace).withName(name).withLabels(labels).build());
    project.setSpec(new SpecDraft().spec());
    client.resource(project).create();
  }

  private void createAndSync(String name) {
    create("network", name, Map.of());
    awaitThat(() -> isSynced("network", name));
  }

  private Resource<VpcEndpointProject> resource(String namespace, String name) {
    return client.resources(VpcEndpointProject.class).inNamespace(namespace).withName(name);
  }

  private VpcEndpointProjectStatus status(String namespace, String name) {
    return ProjectReporter.status(resource(namespace, name).get());
  }

  private boolean isSynced(String namespace, String name) {
    var ready = ProjectConditions.ready(status(namespace, name).conditions());
    return ready != null && ready.reason().equals("Synced");
  }

  private void edit(String name, Consumer<VpcEndpointProject> change) {
    resource("network", name)
        .edit(
            project -> {
              change.accept(project);
              return project;
            });
  }

  private void askFor(String name, String request) {
    edit(
        name,
        project -> project.getMetadata().setAnnotations(Map.of(Labels.REQUESTED_AT, request)));
  }

  private boolean isMeasured(String name) {
    return registry.find("vpcep.sync").tag("project", name).counter() != null;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void takesAnotherTurnAfterOneThatFailedUnexpectedly(boolean error) {
    startReconciler();
    AtomicInteger failures = new AtomicInteger();
    cloud.during(
        () -> {
          if (failures.incrementAndGet() > 8) {
            return;
          }
          if (error) {
            throw new StackOverflowError("made up");
          }
          throw new IllegalStateException("made up");
        });

    createAndSync("prod");

    assertThat(failures).hasValue(9);
  }

  @Test
  void syncsAtOnceWhenSpecOrAnnotationsChange() {
    startReconciler();
    createAndSync("prod");

    askFor("prod", "17");
    awaitThat(() -> "17".equals(status("network", "prod").lastHandledRequest()));
    edit("prod", project -> project.setSpec(new SpecDraft().interval("7m").spec()));
    awaitThat(() -> Long.valueOf(2).equals(status("network", "prod").observedGeneration()));

    awaitThat(() -> isSynced("network", "prod"));
    assertThat(cloud.listings()).isEqualTo(3);
  }

  @Test
  void takesNoTurnForItsOwnStatusWritesAndForLabels() {
    startReconciler();
    cloud.shows();
    createAndSync("prod");
    edit("prod", project -> project.getMetadata().setLabels(Map.of("team", "blue")));

    // What comes after in the watch shows that what came before was seen.
    createAndSync("next");

    assertThat(turns).hasValue(2);
  }

  @Test
  void forgetsAProjectThatIsDeleted() {
    startReconciler();
    createAndSync("prod");
    assertThat(isMeasured("prod")).isTrue();
    assertThat(reconciler.remembered()).isEqualTo(1);

    resource("network", "prod").delete();

    awaitThat(() -> !isMeasured("prod") && reconciler.remembered() == 0);
  }

  @Test
  void measuresNothingOfAProjectThatIsDeletedDuringItsSync() {
    startReconciler();
    createAndSync("prod");
    long writes = cluster.count(MockCluster::isStatusWriteOfProject);
    cloud.during(
        () -> {
          resource("network", "prod").delete();
          awaitThat(() -> !isMeasured("prod"));
        });

    askFor("prod", "17");

    awaitThat(() -> cluster.count(MockCluster::isStatusWriteOfProject) > writes);
    awaitThat(() -> !isMeasured("prod"));
    assertThat(reconciler.remembered()).isZero();
  }

  @Test
  void treatsAProjectOfTheSameNameAsANewOne() {
    startReconciler();
    createAndSync("prod");
    resource("network", "prod").delete();
    awaitThat(() -> reconciler.remembered() == 0);

    createAndSync("prod");

    assertThat(cloud.listings()).isEqualTo(2);
  }

  @Test
  void watchesItsShareOfTheProjectsAlone() {
    ProjectController controller =
        startController(
            Map.of(
                "VPCEP_LEADER_ELECTION", "false",
                "VPCEP_WATCH_NAMESPACES", "network",
                "VPCEP_PROJECT_SELECTOR", "team=blue"));
    create("elsewhere", "prod", Map.of("team", "blue"));
    create("network", "red", Map.of("team", "red"));

    create("network", "prod", Map.of("team", "blue"));

    awaitThat(() -> isSynced("network", "prod"));
    assertThat(controller.incompleteView()).isEmpty();
    assertThat(controller.stoppedWatch()).isEmpty();
    assertThat(status("elsewhere", "prod")).isEqualTo(VpcEndpointProjectStatus.empty());
    assertThat(status("network", "red")).isEqualTo(VpcEndpointProjectStatus.empty());
    assertThat(cloud.listings()).isEqualTo(1);
  }

  @Test
  void saysThatItsViewIsIncompleteUntilItStarted() {
    ProjectController controller =
        new ProjectController(
            client,
            config(Map.of("VPCEP_LEADER_ELECTION", "false")),
            ports(),
            Metrics.NOOP,
            () -> {});
    running = controller;

    assertThat(controller.incompleteView()).isPresent();
    assertThat(controller.stoppedWatch()).isEmpty();
  }
}
