package io.vpcep.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vpcep.operator.config.InvalidSettings;
import io.vpcep.operator.config.OperatorConfig;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.kube.ApiServer;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three replicas that each take a share of the projects, by label and with a Lease each. */
class ShardsIT {
  private static final String SHARD = "vpcep.io/shard";
  private static final int PROJECTS = 9;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Pattern SYNCED =
      Pattern.compile("vpcep_sync_total\\{.*project=\"([^\"]+)\".*result=\"Synced\".*} ([0-9.]+)");

  private final String namespace = "shards-" + UUID.randomUUID().toString().substring(0, 8);
  private final Map<String, OperatorAssembly> shards = new TreeMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private KubernetesClient admin;
  private Simulator cloud;
  private Config rights;

  @BeforeEach
  void startThreeShards() throws IOException, InvalidSettings {
    admin = ApiServer.adminClient();
    ApiServer.installCrds();
    try (KubernetesClient shipped = ApiServer.operatorClient()) {
      rights = shipped.getConfiguration();
    }
    admin
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    grantLeases();
    cloud =
        Simulator.start(
            SimulatorOptions.defaults().withSize(PROJECTS, 3), Environment.time().clock());
    for (int i = 0; i < PROJECTS; i++) {
      createProject(i);
    }
    for (int shard = 0; shard < 3; shard++) {
      startShard(shard, "first");
    }
  }

  @AfterEach
  void stop() {
    shards.values().forEach(OperatorAssembly::close);
    admin.resources(VpcEndpointProject.class).inNamespace(namespace).delete();
    admin.resources(VpcEndpointService.class).inNamespace(namespace).delete();
    cloud.close();
    admin.close();
  }

  /** As the chart does for the Lease of each shard: the shipped role names one Lease alone. */
  private void grantLeases() {
    admin
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("leases")
                .endMetadata()
                .addNewRule()
                .withApiGroups("coordination.k8s.io")
                .withResources("leases")
                .withVerbs("get", "create", "update", "patch")
                .endRule()
                .build())
        .create();
    admin
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("leases")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "leases")
                .addNewSubject(
                    null, "ServiceAccount", ApiServer.OPERATOR_NAME, ApiServer.OPERATOR_NAMESPACE)
                .build())
        .create();
  }

  /** The first shard takes what nobody labelled, as in the chart. */
  private static String selector(int shard) {
    return shard == 0 ? SHARD + " notin (1,2)" : SHARD + "=" + shard;
  }

  private void startShard(int shard, String replica) throws IOException, InvalidSettings {
    OperatorConfig config =
        OperatorConfig.read(
            Map.of(
                "VPCEP_HTTP_PORT",
                "0",
                "VPCEP_ALLOW_INSECURE_ENDPOINTS",
                "true",
                "VPCEP_WATCH_NAMESPACES",
                namespace,
                "VPCEP_PROJECT_SELECTOR",
                selector(shard),
                "VPCEP_LEASE_NAME",
                lease(shard),
                "POD_NAMESPACE",
                namespace));
    shards.put(
        shard + "-" + replica,
        OperatorAssembly.start(config, rights, Environment.time(), () -> {}));
  }

  private String lease(int shard) {
    return namespace + "-" + shard;
  }

  private void createProject(int number) {
    VpcEndpointProject project = new VpcEndpointProject();
    project.setMetadata(
        new ObjectMetaBuilder().withNamespace(namespace).withName("p" + number).build());
    if (number % 3 != 0) {
      project.getMetadata().setLabels(Map.of(SHARD, Integer.toString(number % 3)));
    }
    project.setSpec(
        RunningOperator.spec(
            cloud.baseUrl().toString(), cloud.projectIds().get(number), "5s", 1000));
    admin.resource(project).create();
  }

  private void move(int number, int shard) {
    admin
        .resources(VpcEndpointProject.class)
        .inNamespace(namespace)
        .withName("p" + number)
        .edit(
            project -> {
              project.getMetadata().setLabels(Map.of(SHARD, Integer.toString(shard)));
              return project;
            });
  }

  /** How often each replica synced each project so far. */
  private Map<String, Map<String, Double>> syncs() {
    Map<String, Map<String, Double>> syncs = new HashMap<>();
    shards.forEach((replica, assembly) -> syncs.put(replica, syncs(assembly.httpPort())));
    return syncs;
  }

  private Map<String, Double> syncs(int port) {
    try {
      URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
      String page =
          http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
      Map<String, Double> syncs = new HashMap<>();
      Matcher line = SYNCED.matcher(page);
      while (line.find()) {
        syncs.put(line.group(1), Double.valueOf(line.group(2)));
      }
      return syncs;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Which replicas sync each project from now on, seen over two syncs of every one. */
  private Map<String, List<String>> servers() {
    Map<String, Map<String, Double>> before = syncs();
    Map<String, List<String>> servers = new TreeMap<>();
    await("two syncs of every project")
        .atMost(PATIENCE)
        .until(
            () -> {
              servers.clear();
              Map<String, Map<String, Double>> now = syncs();
              boolean all = true;
              for (int i = 0; i < PROJECTS; i++) {
                String project = "p" + i;
                servers.put(project, serving(project, before, now));
                all &= most(project, before, now) >= 2;
              }
              return all;
            });
    return servers;
  }

  private static List<String> serving(
      String project,
      Map<String, Map<String, Double>> before,
      Map<String, Map<String, Double>> now) {
    return now.keySet().stream()
        .filter(replica -> gain(replica, project, before, now) > 0)
        .sorted()
        .toList();
  }

  private static double most(
      String project,
      Map<String, Map<String, Double>> before,
      Map<String, Map<String, Double>> now) {
    return now.keySet().stream()
        .mapToDouble(replica -> gain(replica, project, before, now))
        .max()
        .orElse(0);
  }

  private static double gain(
      String replica,
      String project,
      Map<String, Map<String, Double>> before,
      Map<String, Map<String, Double>> now) {
    return now.get(replica).getOrDefault(project, 0.0)
        - before.get(replica).getOrDefault(project, 0.0);
  }

  @Test
  void serveEveryProjectExactlyOnceWhateverMovesOrEnds() throws IOException, InvalidSettings {
    assertThat(servers()).allSatisfy(this::isServedByItsShard);

    move(0, 1);
    move(1, 2);
    move(2, 1);
    await("the moved projects to be left alone by their former shard")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(servers()).allSatisfy(this::isServedByItsShard));
    assertThat(admin.resources(VpcEndpointService.class).inNamespace(namespace).list().getItems())
        .hasSize(3 * PROJECTS);

    startShard(2, "second");
    OperatorAssembly leader = shards.remove("2-first");
    leader.close();
    await("the second replica of the shard to lead")
        .atMost(PATIENCE)
        .until(() -> !syncs(shards.get("2-second").httpPort()).isEmpty());
    Map<String, List<String>> servers = servers();
    assertThat(servers).allSatisfy(this::isServedByItsShard);
    assertThat(servers.get("p1")).containsExactly("2-second");
    for (int shard = 0; shard < 3; shard++) {
      assertThat(admin.resources(Lease.class).inNamespace(namespace).withName(lease(shard)).get())
          .isNotNull();
    }
  }

  private void isServedByItsShard(String project, List<String> replicas) {
    Map<String, String> labels =
        admin
            .resources(VpcEndpointProject.class)
            .inNamespace(namespace)
            .withName(project)
            .get()
            .getMetadata()
            .getLabels();
    String shard = labels == null ? "0" : labels.getOrDefault(SHARD, "0");
    assertThat(replicas).singleElement().asString().startsWith(shard + "-");
  }
}
