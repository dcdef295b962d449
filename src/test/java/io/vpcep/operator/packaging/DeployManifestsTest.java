package io.vpcep.operator.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeployManifestsTest {
  private final List<HasMetadata> deploy = Manifests.deploy();
  private final List<HasMetadata> chart = Manifests.chart("vpcep-operator", "vpcep-system", "{}");

  @Test
  void kustomizationNamesEveryFileBesideIt() throws IOException {
    try (Stream<?> files =
        Files.list(Manifests.DEPLOY).map(file -> file.getFileName().toString())) {
      List<String> expected = new ArrayList<>(Manifests.deployResources());
      expected.add("kustomization.yml");
      assertThat(files.map(Object::toString)).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void everyObjectIsTypedAndLabelled() {
    assertThat(deploy)
        .hasSize(10)
        .allSatisfy(
            object -> {
              assertThat(object.getClass().getPackageName())
                  .startsWith("io.fabric8.kubernetes.api.model");
              assertThat(object.getMetadata().getLabels())
                  .containsEntry("app.kubernetes.io/name", "vpcep-operator")
                  .containsEntry("app.kubernetes.io/part-of", "vpcep")
                  .containsKeys("app.kubernetes.io/instance", "app.kubernetes.io/managed-by");
            });
  }

  @Test
  void namespaceAdmitsRestrictedPodsOnly() {
    assertThat(Manifests.only(deploy, Namespace.class).getMetadata().getLabels())
        .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
  }

  @Test
  void secretsCanBeReadByNameAndNotListed() {
    assertThat(operatorRules(deploy))
        .filteredOn(rule -> rule.getResources().contains("secrets"))
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.getVerbs()).containsExactly("get");
              assertThat(rule.getResources()).containsExactly("secrets");
            });
  }

  @Test
  void noRoleHasWildcards() {
    Stream<PolicyRule> rules =
        Stream.concat(
            Manifests.all(deploy, ClusterRole.class).stream()
                .flatMap(role -> role.getRules().stream()),
            Manifests.all(deploy, Role.class).stream().flatMap(role -> role.getRules().stream()));

    assertThat(rules)
        .hasSizeGreaterThan(8)
        .allSatisfy(
            rule ->
                assertThat(
                        Stream.of(rule.getApiGroups(), rule.getResources(), rule.getVerbs())
                            .flatMap(List::stream))
                    .noneMatch(value -> value.contains("*")));
  }

  @Test
  void onlyTheLeaseOfThisOperatorCanBeChanged() {
    assertThat(Manifests.only(deploy, Role.class).getRules())
        .allSatisfy(rule -> assertThat(rule.getResources()).containsExactly("leases"))
        .filteredOn(rule -> !rule.getVerbs().equals(List.of("create")))
        .allSatisfy(rule -> assertThat(rule.getResourceNames()).containsExactly("vpcep-operator"))
        .hasSize(1);
  }

  @Test
  void editorsCannotWriteServices() {
    assertThat(Manifests.named(deploy, ClusterRole.class, "vpcep-editor").getRules())
        .singleElement()
        .satisfies(rule -> assertThat(rule.getResources()).containsExactly("vpcendpointprojects"));
  }

  @Test
  void chartGrantsTheSameRules() {
    assertThat(operatorRules(chart)).isEqualTo(operatorRules(deploy));
    assertThat(Manifests.only(chart, Role.class).getRules())
        .isEqualTo(Manifests.only(deploy, Role.class).getRules());
    for (String users : List.of("vpcep-viewer", "vpcep-editor")) {
      assertThat(Manifests.named(chart, ClusterRole.class, users))
          .usingRecursiveComparison()
          .ignoringFields("metadata.labels")
          .isEqualTo(Manifests.named(deploy, ClusterRole.class, users));
      assertThat(aggregation(chart, users)).isNotEmpty().isEqualTo(aggregation(deploy, users));
    }
  }

  @Test
  void chartBindsTheSameAccount() {
    assertThat(Manifests.only(chart, ClusterRoleBinding.class))
        .usingRecursiveComparison()
        .ignoringFields("metadata.labels")
        .isEqualTo(Manifests.only(deploy, ClusterRoleBinding.class));
    assertThat(Manifests.only(chart, RoleBinding.class))
        .usingRecursiveComparison()
        .ignoringFields("metadata.labels")
        .isEqualTo(Manifests.only(deploy, RoleBinding.class));
  }

  @Test
  void podRunsRestricted() {
    PodSpec pod = pod(deploy);
    Container container = container(deploy);

    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(65532L);
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getPrivileged()).isNull();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEmpty();
    assertThat(container.getVolumeMounts())
        .extracting(mount -> mount.getMountPath())
        .containsExactly("/tmp");
  }

  @Test
  void onlyThePodItselfGetsAToken() {
    assertThat(Manifests.only(deploy, ServiceAccount.class).getAutomountServiceAccountToken())
        .isFalse();
    assertThat(pod(deploy).getAutomountServiceAccountToken()).isTrue();
  }

  @Test
  void memoryIsLimitedAndCpuIsNot() {
    assertThat(container(deploy).getResources().getLimits()).containsOnlyKeys("memory");
  }

  @Test
  void neighbouringServicesCannotSetOurVariables() {
    assertThat(pod(deploy).getEnableServiceLinks()).isFalse();
  }

  @Test
  void probesAskThePortOfTheContainer() {
    Container container = container(deploy);

    assertThat(container.getPorts())
        .singleElement()
        .satisfies(port -> assertThat(port.getName()).isEqualTo("http"))
        .satisfies(port -> assertThat(port.getContainerPort()).isEqualTo(8080));
    assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/livez");
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
    assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/livez");
    assertThat(
            Stream.of(
                container.getLivenessProbe(),
                container.getReadinessProbe(),
                container.getStartupProbe()))
        .allSatisfy(
            probe -> assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http"));
  }

  @Test
  void chartRunsTheSamePod() {
    assertThat(pod(chart))
        .usingRecursiveComparison()
        .ignoringFields("containers.env")
        .isEqualTo(pod(deploy));
    assertThat(container(chart).getEnv()).containsAll(container(deploy).getEnv());
    assertThat(Manifests.only(chart, Deployment.class).getSpec().getStrategy())
        .isEqualTo(Manifests.only(deploy, Deployment.class).getSpec().getStrategy());
    assertThat(Manifests.only(chart, Service.class).getSpec())
        .isEqualTo(Manifests.only(deploy, Service.class).getSpec());
  }

  @Test
  void serviceAndDeploymentSelectThePod() {
    Deployment deployment = Manifests.only(deploy, Deployment.class);
    var labels = deployment.getSpec().getTemplate().getMetadata().getLabels();

    assertThat(labels).containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
    assertThat(labels)
        .containsAllEntriesOf(Manifests.only(deploy, Service.class).getSpec().getSelector());
  }

  private static List<PolicyRule> operatorRules(List<HasMetadata> objects) {
    return Manifests.named(objects, ClusterRole.class, "vpcep-operator").getRules();
  }

  private static List<String> aggregation(List<HasMetadata> objects, String role) {
    return Manifests.named(objects, ClusterRole.class, role)
        .getMetadata()
        .getLabels()
        .entrySet()
        .stream()
        .filter(label -> label.getKey().startsWith("rbac.authorization.k8s.io/aggregate-to-"))
        .map(Object::toString)
        .sorted()
        .toList();
  }

  private static PodSpec pod(List<HasMetadata> objects) {
    return Manifests.only(objects, Deployment.class).getSpec().getTemplate().getSpec();
  }

  private static Container container(List<HasMetadata> objects) {
    assertThat(pod(objects).getContainers()).hasSize(1);
    return pod(objects).getContainers().get(0);
  }
}
