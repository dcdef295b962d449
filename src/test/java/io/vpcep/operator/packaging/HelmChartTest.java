package io.vpcep.operator.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HelmChartTest {
  /**
   * Every value, none of them the default but the number of shards, which is a matter of its own.
   */
  static final String ALL_VALUES =
      """
      image: {repository: registry.example.com/team/vpcep-operator, tag: 0.1.1, pullPolicy: Always}
      imagePullSecrets: [{name: registry}]
      fullnameOverride: mirror
      nameOverride: endpoints
      replicas: 2
      shards: 1
      watchNamespaces: [red, blue]
      projectSelector: "share in (a, b),!test"
      httpPort: 9090
      leaderElection: {enabled: true, leaseName: share-a}
      allowedEndpoints: ["vpcep.*.myhuaweicloud.com", "10.0.0.1"]
      allowInsecureEndpoints: true
      logFormat: json
      extraEnv: [{name: HTTPS_PROXY, value: "http://proxy:3128"}]
      resources: {requests: {memory: 512Mi, cpu: 100m}, limits: {memory: 1Gi, cpu: 2}}
      nodeSelector: {disk: ssd}
      tolerations: [{key: dedicated, operator: Exists, effect: NoSchedule}]
      affinity: {nodeAffinity: {}}
      podAnnotations: {note: "1"}
      podLabels: {team: blue, app.kubernetes.io/name: hijacked}
      serviceAccount: {create: true, name: mirror-account, annotations: {agency: reader}}
      rbac: {create: true, aggregateToDefaultRoles: false}
      metrics:
        serviceMonitor: {enabled: true, interval: 1m, labels: {release: prometheus}}
        prometheusRule: {enabled: true, staleAfterSeconds: 7200, labels: {release: prometheus}}
        dashboard: {enabled: true, labels: {grafana_dashboard: "yes", team: blue}}
      """;

  @Test
  void lintHasNothingToSay() {
    LintResult result = new Helm(Manifests.CHART).lint().strict().quiet().call();

    assertThat(result.getMessages()).isEmpty();
    assertThat(result.isFailed()).isFalse();
  }

  @Test
  void shipsTheCrdsOfTheRepository() throws IOException {
    String shipped = new Helm(Manifests.CHART).show().crds().call();

    try (Stream<Path> files = Files.list(Manifests.CRDS)) {
      assertThat(files)
          .hasSize(2)
          .allSatisfy(
              file -> {
                assertThat(shipped).contains(Manifests.text(file).strip());
                assertThat(Manifests.CHART.resolve("crds").resolve(file.getFileName()))
                    .hasSameBinaryContentAs(file);
              });
    }
  }

  @Test
  void rendersTheObjectsOfDeployButTheNamespace() {
    List<HasMetadata> rendered = Manifests.chart("vpcep-operator", "vpcep-system", "{}");

    assertThat(names(rendered))
        .containsExactlyInAnyOrderElementsOf(
            names(Manifests.deploy()).stream()
                .filter(name -> !name.startsWith("Namespace/"))
                .toList());
  }

  @Test
  void everySettingBecomesItsVariable() {
    Map<String, String> env = env(render(ALL_VALUES));

    assertThat(env)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("POD_NAMESPACE", "metadata.namespace"),
                Map.entry("VPCEP_WATCH_NAMESPACES", "red,blue"),
                Map.entry("VPCEP_PROJECT_SELECTOR", "share in (a, b),!test"),
                Map.entry("VPCEP_HTTP_PORT", "9090"),
                Map.entry("VPCEP_LEADER_ELECTION", "true"),
                Map.entry("VPCEP_LEASE_NAME", "share-a"),
                Map.entry("VPCEP_ALLOWED_ENDPOINTS", "vpcep.*.myhuaweicloud.com,10.0.0.1"),
                Map.entry("VPCEP_ALLOW_INSECURE_ENDPOINTS", "true"),
                Map.entry("VPCEP_LOG_FORMAT", "json"),
                Map.entry("HTTPS_PROXY", "http://proxy:3128")));
  }

  @Test
  void defaultsAreTheOnesOfTheOperator() {
    assertThat(env(Manifests.chart("vpcep-operator", "vpcep-system", "{}")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "POD_NAMESPACE", "metadata.namespace",
                "VPCEP_HTTP_PORT", "8080",
                "VPCEP_LEADER_ELECTION", "true",
                "VPCEP_LEASE_NAME", "vpcep-operator",
                "VPCEP_ALLOW_INSECURE_ENDPOINTS", "false",
                "VPCEP_LOG_FORMAT", "text"));
  }

  @Test
  void everyOptionOfThePodIsRendered() {
    List<HasMetadata> rendered = render(ALL_VALUES);
    Deployment deployment = Manifests.only(rendered, Deployment.class);
    PodTemplateSpec pod = deployment.getSpec().getTemplate();
    Container container = pod.getSpec().getContainers().get(0);

    assertThat(deployment.getMetadata().getName()).isEqualTo("mirror");
    assertThat(deployment.getSpec().getReplicas()).isEqualTo(2);
    assertThat(container.getImage()).isEqualTo("registry.example.com/team/vpcep-operator:0.1.1");
    assertThat(container.getImagePullPolicy()).isEqualTo("Always");
    assertThat(container.getPorts().get(0).getContainerPort()).isEqualTo(9090);
    assertThat(container.getResources().getLimits().get("memory")).hasToString("1Gi");
    assertThat(pod.getSpec().getImagePullSecrets().get(0).getName()).isEqualTo("registry");
    assertThat(pod.getSpec().getNodeSelector()).containsEntry("disk", "ssd");
    assertThat(pod.getSpec().getTolerations().get(0).getKey()).isEqualTo("dedicated");
    assertThat(pod.getSpec().getAffinity().getNodeAffinity()).isNotNull();
    assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("mirror-account");
    assertThat(pod.getMetadata().getAnnotations()).containsEntry("note", "1");
    assertThat(Manifests.only(rendered, Service.class).getSpec().getPorts().get(0).getPort())
        .isEqualTo(9090);
    assertThat(Manifests.only(rendered, ServiceAccount.class).getMetadata().getAnnotations())
        .containsEntry("agency", "reader");
  }

  @Test
  void podLabelsCannotBreakTheSelector() {
    Deployment deployment = Manifests.only(render(ALL_VALUES), Deployment.class);

    assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels())
        .containsEntry("team", "blue");
  }

  @Test
  void watchedNamespacesReplaceTheRightsInTheWholeCluster() {
    List<HasMetadata> rendered = render("watchNamespaces: [red, blue, shop]");

    assertThat(Manifests.all(rendered, ClusterRoleBinding.class)).isEmpty();
    assertThat(Manifests.all(rendered, RoleBinding.class))
        .filteredOn(binding -> binding.getRoleRef().getKind().equals("ClusterRole"))
        .allSatisfy(
            binding ->
                assertThat(binding.getSubjects())
                    .containsExactly(
                        new Subject(null, "ServiceAccount", "shop-vpcep-operator", "shop")))
        .extracting(binding -> binding.getMetadata().getNamespace())
        .containsExactlyInAnyOrder("red", "blue", "shop");
    assertThat(names(rendered)).doesNotHaveDuplicates();
  }

  @Test
  void leaseOfTheSettingIsTheOneThatMayBeHeld() {
    assertThat(Manifests.only(render(ALL_VALUES), Role.class).getRules().get(1).getResourceNames())
        .containsExactly("share-a");
  }

  @Test
  void withoutLeaderElectionThereAreNeitherTwoPodsNorLeases() {
    List<HasMetadata> rendered = render("leaderElection: {enabled: false}");

    assertThat(Manifests.only(rendered, Deployment.class).getSpec().getStrategy().getType())
        .isEqualTo("Recreate");
    assertThat(Manifests.all(rendered, Role.class)).isEmpty();
    assertThat(env(rendered))
        .containsEntry("VPCEP_LEADER_ELECTION", "false")
        .doesNotContainKey("VPCEP_LEASE_NAME");
  }

  @Test
  void rightsAndAccountCanBeMadeElsewhere() {
    List<HasMetadata> rendered =
        render("{rbac: {create: false}, serviceAccount: {create: false, name: ready-made}}");

    assertThat(names(rendered))
        .containsExactlyInAnyOrder(
            "Deployment/shop/shop-vpcep-operator", "Service/shop/shop-vpcep-operator-metrics");
    assertThat(
            Manifests.only(rendered, Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getServiceAccountName())
        .isEqualTo("ready-made");
  }

  @Test
  void rolesOfUsersCanBeLeftToAnotherRelease() {
    assertThat(Manifests.all(render(ALL_VALUES), ClusterRole.class))
        .extracting(role -> role.getMetadata().getName())
        .containsExactly("mirror");
  }

  @Test
  void releaseNamesOfAnyLengthGiveNamesThatFit() {
    List<HasMetadata> rendered =
        Manifests.chart("a".repeat(40) + ".b." + "c".repeat(10), "x", "{}");

    assertThat(Manifests.only(rendered, Service.class).getMetadata().getName())
        .hasSizeLessThanOrEqualTo(63)
        .matches("[a-z]([a-z0-9-]*[a-z0-9])?");
  }

  @Test
  void notesNameWhatWasInstalled() {
    String output =
        new Helm(Manifests.CHART)
            .install()
            .clientOnly()
            .dryRun()
            .withName("shop")
            .withNamespace("shop")
            .set("watchNamespaces[0]", "red")
            .set("allowInsecureEndpoints", true)
            .call()
            .getOutput();

    assertThat(output)
        .contains("rollout status deployment --selector app.kubernetes.io/instance=shop")
        .contains("namespace: red")
        .contains("whoever may create a");
  }

  private static List<HasMetadata> render(String values) {
    return Manifests.chart("shop", "shop", values);
  }

  /** Kind, namespace where there is one, and name. */
  private static List<String> names(List<HasMetadata> objects) {
    return objects.stream()
        .map(
            object ->
                Stream.of(
                        object.getKind(),
                        object.getMetadata().getNamespace(),
                        object.getMetadata().getName())
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining("/")))
        .toList();
  }

  private static Map<String, String> env(List<HasMetadata> objects) {
    Map<String, String> env = new LinkedHashMap<>();
    for (EnvVar variable :
        Manifests.only(objects, Deployment.class)
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .get(0)
            .getEnv()) {
      env.put(
          variable.getName(),
          variable.getValue() != null
              ? variable.getValue()
              : variable.getValueFrom().getFieldRef().getFieldPath());
    }
    return env;
  }
}
