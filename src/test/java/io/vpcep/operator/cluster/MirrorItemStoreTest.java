package io.vpcep.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class MirrorItemStoreTest {
  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final MirrorIndex index = new MirrorIndex();
  private final ResourceReader reader = new ResourceReader(serialization);
  private final MirrorItemStore everywhere = new MirrorItemStore(index, reader, null);
  private final MirrorItemStore red = new MirrorItemStore(index, reader, "red");
  private final MirrorItemStore blue = new MirrorItemStore(index, reader, "blue");

  private GenericKubernetesResource resource(String namespace, String name, String version) {
    return serialization.unmarshal(
        """
        apiVersion: vpcep.io/v1alpha1
        kind: VpcEndpointService
        metadata: {name: %s, namespace: %s, resourceVersion: "%s", labels: {team: x}}
        spec: {projectRef: {name: prod}, serviceId: a}
        """
            .formatted(name, namespace, version),
        GenericKubernetesResource.class);
  }

  private static GenericKubernetesResource put(
      MirrorItemStore store, GenericKubernetesResource resource) {
    return store.put(store.getKey(resource), resource);
  }

  @Test
  void keepsInTheIndexWhatItIsGiven() {
    GenericKubernetesResource before = put(red, resource("red", "a", "1"));

    assertThat(before).isNull();
    assertThat(index.find("red", "a").claimant()).isEqualTo("prod");
  }

  @Test
  void givesBackShellsWithoutContent() {
    put(red, resource("red", "a", "1"));

    GenericKubernetesResource before = put(red, resource("red", "a", "2"));

    assertThat(before.getMetadata().getResourceVersion()).isEqualTo("1");
    assertThat(before.getMetadata().getLabels()).isEmpty();
    assertThat(before.getAdditionalProperties()).isEmpty();
    assertThat(red.get("red/a").getMetadata().getResourceVersion()).isEqualTo("2");
  }

  @Test
  void findsAgainByTheKeyOfAShell() {
    put(everywhere, resource("red", "a.b-c", "1"));

    assertThat(everywhere.values().map(everywhere::getKey)).containsExactly("red/a.b-c");
    assertThat(everywhere.keySet()).containsExactly("red/a.b-c");
  }

  @Test
  void showsEachInformerItsOwnNamespaceAlone() {
    put(red, resource("red", "a", "1"));
    put(blue, resource("blue", "a", "2"));
    put(blue, resource("blue", "b", "3"));

    assertThat(red.keySet()).containsExactly("red/a");
    assertThat(blue.keySet()).containsExactlyInAnyOrder("blue/a", "blue/b");
    assertThat(red.values()).hasSize(1);
    assertThat(red.size()).isEqualTo(1);
    assertThat(everywhere.size()).isEqualTo(3);
  }

  @Test
  void forgetsInOneNamespaceAlone() {
    put(red, resource("red", "a", "1"));
    put(blue, resource("blue", "a", "2"));

    GenericKubernetesResource before = red.remove("red/a");

    assertThat(before.getMetadata().getResourceVersion()).isEqualTo("1");
    assertThat(index.find("red", "a")).isNull();
    assertThat(index.find("blue", "a")).isNotNull();
  }

  @Test
  void knowsNothingOfWhatWasNeverThere() {
    assertThat(red.get("red/a")).isNull();
    assertThat(red.remove("red/a")).isNull();
    assertThat(red.size()).isZero();
  }
}
