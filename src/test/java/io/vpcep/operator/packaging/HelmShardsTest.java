package io.vpcep.operator.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code shards: N} of the chart. */
class HelmShardsTest {

  private static List<HasMetadata> render(String values) {
    return Manifests.chart("vpcep-operator", "vpcep-system", values);
  }

  private static List<Deployment> deployments(String values) {
    return render(values).stream()
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .toList();
  }

  private static List<String> values(List<Deployment> deployments, String variable) {
    return deployments.stream().map(deployment -> value(deployment, variable)).toList();
  }

  /** Null: the variable is not set. */
  private static String value(Deployment deployment, String variable) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().stream()
        .filter(env -> env.getName().equals(variable))
        .map(EnvVar::getValue)
        .findFirst()
        .orElse("");
  }

  @Test
  void oneShardTakesEverything() {
    List<Deployment> deployments = deployments("{}");

    assertThat(deployments).hasSize(1);
    assertThat(values(deployments, "VPCEP_PROJECT_SELECTOR")).containsExactly("");
  }

  @Test
  void everyProjectBelongsToExactlyOneOfThem() {
    List<Deployment> deployments = deployments("{shards: 3}");

    assertThat(values(deployments, "VPCEP_PROJECT_SELECTOR"))
        .containsExactly("vpcep.io/shard notin (1,2)", "vpcep.io/shard=1", "vpcep.io/shard=2");
  }

  @Test
  void shareWhatTheReleaseSelects() {
    List<Deployment> deployments = deployments("{shards: 2, projectSelector: team=blue}");

    assertThat(values(deployments, "VPCEP_PROJECT_SELECTOR"))
        .containsExactly("team=blue,vpcep.io/shard notin (1)", "team=blue,vpcep.io/shard=1");
  }

  @Test
  void eachHasANameALeaseAndPodsOfItsOwn() {
    List<Deployment> deployments = deployments("{shards: 3}");

    assertThat(deployments)
        .extracting(deployment -> deployment.getMetadata().getName())
        .containsExactly("vpcep-operator", "vpcep-operator-1", "vpcep-operator-2");
    assertThat(values(deployments, "VPCEP_LEASE_NAME"))
        .containsExactly("vpcep-operator", "vpcep-operator-1", "vpcep-operator-2");
    for (int shard = 0; shard < 3; shard++) {
      Map<String, String> selected =
          deployments.get(shard).getSpec().getSelector().getMatchLabels();
      assertThat(selected).containsEntry("vpcep.io/shard", Integer.toString(shard));
      assertThat(deployments.get(shard).getSpec().getTemplate().getMetadata().getLabels())
          .containsAllEntriesOf(selected);
    }
  }

  @Test
  void mayHoldTheirLeasesAndNoOthers() {
    Role role = Manifests.only(render("{shards: 3}"), Role.class);

    assertThat(role.getRules())
        .flatExtracting(PolicyRule::getResourceNames)
        .containsExactly("vpcep-operator", "vpcep-operator-1", "vpcep-operator-2");
  }
}
