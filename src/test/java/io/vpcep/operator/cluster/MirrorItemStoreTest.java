package io.vpcep.operator.cluster;

import static io.vpcep.operator.cluster.Services.PROD;
import static io.vpcep.operator.cluster.Services.mirrored;
import static io.vpcep.operator.cluster.Services.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.ProjectIdentity;
import org.junit.jupiter.api.Test;

class MirrorItemStoreTest {
  private static final ProjectIdentity ELSEWHERE = new ProjectIdentity("lab", "prod", "uid-lab");
  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final MirrorIndex index = new MirrorIndex();
  private final MirrorItemStore network = store("network");
  private final MirrorItemStore lab = store("lab");
  private final MirrorItemStore everywhere = store(null);

  @Test
  void keepsWhatTheIndexNeedsAndGivesBackAShell() {
    VpcEndpointService service = resource(PROD, "a", "7");

    network.put("network/a", generic(service));

    GenericKubernetesResource shell = network.get("network/a");
    assertThat(index.find("network", "a")).isEqualTo(mirrored(service));
    assertThat(network.getKey(shell)).isEqualTo("network/a");
    assertThat(shell.getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(shell.getAdditionalProperties()).isEmpty();
  }

  @Test
  void givesBackWhatWasThereBefore() {
    network.put("network/a", generic(resource(PROD, "a", "7")));

    GenericKubernetesResource replaced =
        network.put("network/a", generic(resource(PROD, "a", "8")));
    GenericKubernetesResource removed = network.remove("network/a");

    assertThat(replaced.getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(removed.getMetadata().getResourceVersion()).isEqualTo("8");
    assertThat(network.remove("network/a")).isNull();
    assertThat(network.get("network/a")).isNull();
    assertThat(index.size()).isZero();
  }

  @Test
  void scopesShowTheirOwnNamespaceAlone() {
    network.put("network/a", generic(resource(PROD, "a", "1")));
    lab.put("lab/a", generic(resource(ELSEWHERE, "a", "2")));
    lab.put("lab/b", generic(resource(ELSEWHERE, "b", "3")));

    assertThat(network.keySet()).containsExactly("network/a");
    assertThat(lab.keySet()).containsExactlyInAnyOrder("lab/a", "lab/b");
    assertThat(lab.values())
        .extracting(shell -> shell.getMetadata().getResourceVersion())
        .containsExactlyInAnyOrder("2", "3");
    assertThat(lab.size()).isEqualTo(2);
    assertThat(everywhere.keySet()).containsExactlyInAnyOrder("network/a", "lab/a", "lab/b");
    assertThat(everywhere.size()).isEqualTo(3);
  }

  @Test
  void removalInOneScopeLeavesTheOthers() {
    network.put("network/a", generic(resource(PROD, "a", "1")));
    lab.put("lab/a", generic(resource(ELSEWHERE, "a", "2")));

    network.remove("network/a");

    assertThat(index.find("network", "a")).isNull();
    assertThat(index.find("lab", "a")).isNotNull();
  }

  @Test
  void doesNotMakeEventsWaitForTheEndOfAList() {
    assertThat(everywhere.isFullState()).isFalse();
  }

  @Test
  void doesNotReadWhatALaterAnswerHasToldAlready() {
    MirrorItemStore withoutReader = new MirrorItemStore(index, new ResourceReader(null), "network");
    index.answered("network", mirrored(resource(PROD, "a", "7")));

    withoutReader.put("network/a", generic(resource(PROD, "a", "6")));

    assertThat(index.find("network", "a").resourceVersion()).isEqualTo("7");
  }

  private MirrorItemStore store(String scope) {
    return new MirrorItemStore(index, new ResourceReader(serialization), scope);
  }

  private static VpcEndpointService resource(ProjectIdentity project, String name, String version) {
    VpcEndpointService resource = wanted(project, name);
    resource.getMetadata().setResourceVersion(version);
    return resource;
  }

  private GenericKubernetesResource generic(VpcEndpointService resource) {
    return serialization.unmarshal(serialization.asJson(resource), GenericKubernetesResource.class);
  }
}
