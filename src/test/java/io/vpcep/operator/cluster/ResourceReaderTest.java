package io.vpcep.operator.cluster;

import static io.vpcep.operator.cluster.Services.PROD;
import static io.vpcep.operator.cluster.Services.mirrored;
import static io.vpcep.operator.cluster.Services.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.MirroredService;
import io.vpcep.operator.sync.ServicePhase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceReaderTest {
  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final ResourceReader reader = new ResourceReader(serialization);

  @Test
  void readsWhatDecodes() {
    VpcEndpointService service = wanted(PROD, "a");

    MirroredService read = reader.read(generic(service));

    assertThat(read).isEqualTo(mirrored(service));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"connectionCount\": 1e40}",
        "{\"connectionCount\": 9223372036854775808}",
        "{\"ports\": [{\"clientPort\": 1e400}]}",
        "{\"ports\": {\"clientPort\": 80}}",
        "{\"conditions\": \"Ready\"}",
        "{\"serviceName\": {\"a\": 1}}",
        "[]",
        "7"
      })
  void keepsByItsMetadataWhatDoesNotDecode(String status) {
    VpcEndpointService service = wanted(PROD, "a");
    service.getMetadata().setResourceVersion("7");
    GenericKubernetesResource broken = generic(service);
    broken.setAdditionalProperty("status", serialization.unmarshal(status, Object.class));

    MirroredService read = reader.read(broken);

    assertThat(read.name()).isEqualTo("a");
    assertThat(read.claimant()).isEqualTo("prod");
    assertThat(read.resourceVersion()).isEqualTo("7");
    assertThat(read.phase()).isEqualTo(ServicePhase.UNKNOWN_AVAILABILITY);
    assertThat(read.statusDigest()).isNotEqualTo(mirrored(service).statusDigest());
  }

  @Test
  void keepsByItsMetadataWhatHasASpecOfAnotherShape() {
    VpcEndpointService service = wanted(PROD, "a");
    GenericKubernetesResource broken = generic(service);
    broken.setAdditionalProperty("spec", List.of("a"));

    MirroredService read = reader.read(broken);

    assertThat(read.name()).isEqualTo("a");
    assertThat(read.identityDigest()).isNotEqualTo(mirrored(service).identityDigest());
  }

  @Test
  void readsConditionsOfAnyContent() {
    GenericKubernetesResource odd = generic(wanted(PROD, "a"));
    odd.setAdditionalProperty(
        "status",
        serialization.unmarshal(
            """
            {"conditions": [null, {}, {"type": "Ready", "lastTransitionTime": "yesterday"}],
             "ports": [null], "tags": [null]}
            """,
            Map.class));

    MirroredService read = reader.read(odd);

    assertThat(read.phase()).isEqualTo(ServicePhase.UNKNOWN_AVAILABILITY);
    assertThat(read.times().readySince()).isZero();
  }

  private GenericKubernetesResource generic(VpcEndpointService resource) {
    return serialization.unmarshal(serialization.asJson(resource), GenericKubernetesResource.class);
  }
}
