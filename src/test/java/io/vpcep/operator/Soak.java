package io.vpcep.operator;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.Credentials;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.SecretReference;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.kube.ApiServer;
import io.vpcep.operator.simulator.Fault;
import io.vpcep.operator.simulator.SimulatedService;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the operator run for as long as {@code soak.minutes} says among churn, faults of the cloud,
 * wrong credentials and people who edit the mirror, then lets everything calm down and compares the
 * mirror with the cloud. The seed is printed; {@code soak.seed} repeats it.
 */
final class Soak {
  private static final int PROJECTS = 20;
  private static final int SERVICES = 100;
  private static final String TOKEN = "right";
  private static final Duration STEP = Duration.ofMillis(200);
  private static final int STEPS_A_READING = 25;

  private final String namespace = "soak";
  private final KubernetesClient admin = ApiServer.adminClient();
  private final Random random;
  private final Simulator cloud;
  private final Map<String, Instant> faultsEnd = new HashMap<>();
  private final ProcessReadings readings = new ProcessReadings();
  private int changes;
  private int faults;
  private int edits;

  private Soak(long seed) {
    random = new Random(seed);
    cloud =
        Simulator.start(
            SimulatorOptions.defaults()
                .withSeed(seed)
                .withSize(PROJECTS, SERVICES)
                .withToken(TOKEN),
            Environment.time().clock());
  }

  /** Ends with exit code 1 where the mirror deviates or something grows. */
  public static void main(String[] args) throws Exception {
    Duration duration = Duration.ofMinutes(Long.getLong("soak.minutes", 10));
    long seed = Long.getLong("soak.seed", System.nanoTime());
    System.out.printf("soak for %s with -Dsoak.seed=%d%n", duration, seed);
    ApiServer.require();
    ApiServer.installCrds();
    int exitCode = 1;
    try {
      exitCode = new Soak(seed).run(duration) ? 0 : 1;
    } catch (Exception e) {
      e.printStackTrace();
    } finally {
      // Threads of the simulator and the API server would outlive a failure.
      Runtime.getRuntime().halt(exitCode);
    }
  }

  private boolean run(Duration duration) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("soak");
    Path kubeconfig =
        Files.writeString(directory.resolve("kubeconfig"), ApiServer.kubeconfigYaml());
    prepare();
    try (OperatorProcess operator =
        OperatorProcess.start(
            kubeconfig,
            directory,
            Map.of("VPCEP_LEADER_ELECTION", "false", "VPCEP_WATCH_NAMESPACES", namespace))) {
      operator.awaitReady();
      trouble(operator, duration);
      calmDown();
      List<String> deviations = deviations();
      deviations.stream().limit(20).forEach(System.out::println);
      System.out.printf(
          "%nsoak %s: %d changes, %d faults, %d edits, %d listings, deviations %d%n%n",
          duration, changes, faults, edits, listings(), deviations.size());
      System.out.print("                    then       now\n" + readings.table());
      return deviations.isEmpty() && !readings.grows();
    }
  }

  private void prepare() {
    admin
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .createOr(NonDeletingOperation::update);
    putToken(TOKEN);
    for (int i = 0; i < PROJECTS; i++) {
      VpcEndpointProject project = new VpcEndpointProject();
      project.setMetadata(
          new ObjectMetaBuilder().withNamespace(namespace).withName("p" + i).build());
      project.setSpec(spec(cloud.projectIds().get(i)));
      admin.resource(project).create();
    }
  }

  private VpcEndpointProjectSpec spec(String projectId) {
    return new VpcEndpointProjectSpec(
        cloud.baseUrl().toString(),
        projectId,
        new Credentials(new SecretReference("cloud"), null, null, null),
        null,
        "5s",
        null,
        "3s",
        null,
        new VpcEndpointProjectSpec.Query(null, null, null, null, null, 40),
        null,
        "1m");
  }

  private void putToken(String token) {
    admin
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("cloud")
                .endMetadata()
                .addToStringData("token", token)
                .build())
        .createOr(NonDeletingOperation::update);
  }

  private void trouble(OperatorProcess operator, Duration duration)
      throws IOException, InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Instant end = now().plus(duration);
    for (int step = 0; now().isBefore(end); step++) {
      cloud.churnOnce();
      changes++;
      endFaults();
      if (random.nextInt(25) == 0) {
        beginFault();
      }
      if (random.nextInt(50) == 0) {
        editMirror();
      }
      if (random.nextInt(300) == 0) {
        putToken("wrong");
      } else if (random.nextInt(50) == 0) {
        putToken(TOKEN);
      }
      if (step % STEPS_A_READING == 0) {
        readings.read(operator);
      }
      never.await(STEP.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void beginFault() {
    String project = cloud.projectIds().get(random.nextInt(PROJECTS));
    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
    cloud.setFault(project, fault);
    faultsEnd.put(project, now().plusSeconds(1 + random.nextInt(20)));
    faults++;
  }

  private void endFaults() {
    faultsEnd
        .entrySet()
        .removeIf(
            fault -> {
              boolean over = !now().isBefore(fault.getValue());
              if (over) {
                cloud.setFault(fault.getKey(), Fault.NONE);
              }
              return over;
            });
  }

  private void editMirror() {
    List<VpcEndpointService> services = services();
    if (services.isEmpty()) {
      return;
    }
    VpcEndpointService victim = services.get(random.nextInt(services.size()));
    edits++;
    if (random.nextBoolean()) {
      admin.resource(victim).delete();
    } else {
      victim.getMetadata().setLabels(Map.of("edited", "by-somebody"));
      victim.getMetadata().setResourceVersion(null);
      admin.resource(victim).patch();
    }
  }

  private void calmDown() {
    cloud.projectIds().forEach(project -> cloud.setFault(project, Fault.NONE));
    putToken(TOKEN);
    for (int round = 0; round < 4; round++) {
      String request = "calm-" + round;
      for (VpcEndpointProject project : projects()) {
        // A patch without a version: the operator writes these objects too.
        admin
            .resources(VpcEndpointProject.class)
            .inNamespace(namespace)
            .withName(project.getMetadata().getName())
            .patch(PatchContext.of(PatchType.JSON_MERGE), annotation(request));
      }
      await("every project to be in sync")
          .atMost(Duration.ofMinutes(3))
          .until(() -> projects().stream().allMatch(project -> isSynced(project, request)));
    }
  }

  private static String annotation(String request) {
    return "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}"
        .formatted(Labels.REQUESTED_AT, request);
  }

  private static boolean isSynced(VpcEndpointProject project, String request) {
    return project.getStatus() != null
        && request.equals(project.getStatus().lastHandledRequest())
        && project.getStatus().conditions().stream()
            .anyMatch(
                it -> it.type().equals(Condition.READY) && it.status().equals(Condition.TRUE));
  }

  /** What the mirror shows and the cloud does not, or the other way round. */
  private List<String> deviations() {
    List<String> deviations = new ArrayList<>();
    Map<String, VpcEndpointService> mirror = new HashMap<>();
    services().forEach(service -> mirror.put(service.getSpec().serviceId(), service));
    for (String project : cloud.projectIds()) {
      for (SimulatedService live : cloud.services(project)) {
        VpcEndpointService mirrored = mirror.remove(live.id());
        if (mirrored == null) {
          deviations.add(live.id() + " is not mirrored");
        } else if (!shows(mirrored, live)) {
          deviations.add(live.id() + " is " + live + " but shown as " + mirrored.getStatus());
        }
      }
    }
    mirror.keySet().forEach(id -> deviations.add(id + " is gone but mirrored"));
    return deviations;
  }

  private static boolean shows(VpcEndpointService mirrored, SimulatedService live) {
    return mirrored.getStatus() != null
        && live.status().equals(mirrored.getStatus().availability())
        && live.serviceName().equals(mirrored.getStatus().serviceName())
        && mirrored.getStatus().connectionCount() == live.connectionCount()
        && "vpcep-operator".equals(mirrored.getMetadata().getLabels().get(Labels.MANAGED_BY));
  }

  private long listings() {
    return cloud.projectIds().stream().mapToLong(cloud::requests).sum();
  }

  private List<VpcEndpointProject> projects() {
    return admin.resources(VpcEndpointProject.class).inNamespace(namespace).list().getItems();
  }

  private List<VpcEndpointService> services() {
    return admin.resources(VpcEndpointService.class).inNamespace(namespace).list().getItems();
  }

  private static Instant now() {
    return Environment.time().clock().instant();
  }
}
