package io.vpcep.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vpcep.operator.sync.MirroredService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceReaderTest {
  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final ResourceReader reader = new ResourceReader(serialization);

  private GenericKubernetesResource resource(String status) {
    return serialization.unmarshal(
        """
        apiVersion: vpcep.io/v1alpha1
        kind: VpcEndpointService
        metadata: {name: a, namespace: network, resourceVersion: "7", generation: 1}
        spec: {projectRef: {name: prod}, serviceId: a}
        status: %s
        """
            .formatted(status),
        GenericKubernetesResource.class);
  }

  @Test
  void readsWhatIsThere() {
    MirroredService service =
        reader.read(
            resource(
                "{connectionCount: 4, conditions: [{type: Ready, status: 'True', reason:"
                    + " Available}]}"));

    assertThat(service.name()).isEqualTo("a");
    assertThat(service.claimant()).isEqualTo("prod");
    assertThat(service.resourceVersion()).isEqualTo("7");
    assertThat(service.connections()).isEqualTo(4);
    assertThat(service.phase().reason()).isEqualTo("Available");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{connectionCount: 99999999999999999999999}",
        "{connectionCount: {a: b}}",
        "{ports: 7}",
        "{conditions: nonsense}",
        "[]"
      })
  void keepsWhatDoesNotDecodeSoThatItLooksEdited(String status) {
    MirroredService service = reader.read(resource(status));

    assertThat(service.name()).isEqualTo("a");
    assertThat(service.resourceVersion()).isEqualTo("7");
    assertThat(service.statusDigest())
        .isNotEqualTo(reader.read(resource("{ip: x}")).statusDigest());
  }
}
