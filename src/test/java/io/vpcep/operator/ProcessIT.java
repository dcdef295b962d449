package io.vpcep.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.kube.ApiServer;
import io.vpcep.operator.kube.RequestCounts;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar as a process: killed, stopped, one of two. */
class ProcessIT {
  private static final int SERVICES = 400;

  /** Requests that may be under way when a process is killed. */
  private static final int WRITERS = 8;

  @TempDir private Path directory;

  private final String namespace = "process-" + UUID.randomUUID().toString().substring(0, 8);
  private KubernetesClient admin;
  private Simulator cloud;
  private Path kubeconfig;

  @BeforeEach
  void prepare() throws IOException {
    admin = ApiServer.adminClient();
    ApiServer.installCrds();
    kubeconfig = Files.writeString(directory.resolve("kubeconfig"), ApiServer.kubeconfigYaml());
    admin
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    cloud =
        Simulator.start(
            SimulatorOptions.defaults().withSize(1, SERVICES), Environment.time().clock());
    VpcEndpointProject project = new VpcEndpointProject();
    project.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName("prod").build());
    project.setSpec(
        RunningOperator.spec(cloud.baseUrl().toString(), cloud.projectIds().get(0), "5s", 1000));
    admin.resource(project).create();
  }

  @AfterEach
  void cleanUp() {
    if (cloud != null) {
      cloud.close();
      admin.resources(VpcEndpointProject.class).inNamespace(namespace).delete();
      admin.resources(VpcEndpointService.class).inNamespace(namespace).delete();
      admin.close();
    }
  }

  private OperatorProcess start(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("VPCEP_WATCH_NAMESPACES", namespace);
    settings.put("VPCEP_LEADER_ELECTION", "false");
    settings.putAll(more);
    return OperatorProcess.start(kubeconfig, directory, settings);
  }

  private int mirrored() {
    return admin
        .resources(VpcEndpointService.class)
        .inNamespace(namespace)
        .list()
        .getItems()
        .size();
  }

  private boolean isSynced() {
    var status =
        admin
            .resources(VpcEndpointProject.class)
            .inNamespace(namespace)
            .withName("prod")
            .get()
            .getStatus();
    return status != null && "Synced".equals(RunningOperator.ready(status).reason());
  }

  @Test
  void endsInTheSameStateHoweverOftenItIsKilled() throws Exception {
    long writes = RequestCounts.writes(admin, "vpcendpointservices");
    for (int seen : new int[] {1, 150, 300}) {
      try (OperatorProcess operator = start(Map.of())) {
        await()
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(20))
            .until(() -> mirrored() >= seen);
        operator.kill();
      }
    }

    try (OperatorProcess operator = start(Map.of())) {
      await().atMost(Duration.ofSeconds(60)).until(this::isSynced);

      assertThat(mirrored()).isEqualTo(SERVICES);
      assertThat(admin.resources(VpcEndpointService.class).inNamespace(namespace).list().getItems())
          .allSatisfy(service -> assertThat(service.getStatus().conditions()).isNotEmpty());
      long total = RequestCounts.writes(admin, "vpcendpointservices") - writes;
      assertThat(total).isBetween(2L * SERVICES, 2L * SERVICES + 3 * WRITERS);
      operator.kill();
    }
    long quiet = RequestCounts.writes(admin, "vpcendpointservices");
    long requests = cloud.requests(cloud.projectIds().get(0));
    try (OperatorProcess operator = start(Map.of())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> cloud.requests(cloud.projectIds().get(0)) >= requests + 2);
      assertThat(operator.isAlive()).isTrue();
      assertThat(RequestCounts.writes(admin, "vpcendpointservices")).isEqualTo(quiet);
    }
  }

  @Test
  void stopsWhenItIsAskedTo() throws Exception {
    try (OperatorProcess operator = start(Map.of())) {
      operator.awaitReady();
      assertThat(operator.status("/livez")).isEqualTo(200);
      assertThat(operator.get("/metrics")).contains("vpcep_", "jvm_memory_used_bytes");

      int exitCode = operator.terminate();

      assertThat(exitCode).isEqualTo(128 + 15);
      assertThat(operator.output()).contains("The operator stops").doesNotContain("ERROR");
    }
  }

  @Test
  void oneOfTwoLeadsAndEndsWhenItLosesTheLease() throws Exception {
    Map<String, String> election =
        Map.of(
            "VPCEP_LEADER_ELECTION", "true",
            "POD_NAMESPACE", namespace,
            "VPCEP_LEASE_NAME", "two");
    try (OperatorProcess first = start(election)) {
      await().atMost(Duration.ofSeconds(60)).until(this::isSynced);
      try (OperatorProcess second = start(election)) {
        second.awaitReady();

        // The leader renews the Lease all the time, and may be faster.
        await()
            .ignoreExceptionsMatching(ProcessIT::isConflict)
            .untilAsserted(() -> takeLease("two", "somebody-else"));

        await().atMost(Duration.ofSeconds(60)).until(() -> !first.isAlive());
        assertThat(first.exitValue()).isEqualTo(1);
        assertThat(second.isAlive()).isTrue();
        assertThat(second.status("/readyz")).isEqualTo(200);
      }
    }
  }

  private void takeLease(String name, String holder) {
    admin.leases().inNamespace(namespace).withName(name).edit(lease -> heldBy(lease, holder));
  }

  private static boolean isConflict(Throwable e) {
    return e instanceof KubernetesClientException refused
        && refused.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }

  private static Lease heldBy(Lease lease, String holder) {
    lease.getSpec().setHolderIdentity(holder);
    lease.getSpec().setRenewTime(ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(1));
    return lease;
  }
}
