package io.vpcep.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import io.vpcep.operator.kube.ApiServer;
import io.vpcep.operator.sync.EndpointService.Port;
import io.vpcep.operator.sync.EndpointService.Tag;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fake keeps what a real API server keeps. */
class FakeClusterIT {
  private static final String NAMESPACE = "fake-cluster-it";
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static KubernetesClient client;

  private final FakeCluster fake = new FakeCluster();

  @BeforeAll
  static void connect() {
    client = ApiServer.adminClient();
    ApiServer.installCrds();
    ApiServer.apply(
        client, new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build());
  }

  @AfterAll
  static void disconnect() {
    if (client != null) {
      client.close();
    }
  }

  private static VpcEndpointService resource(EndpointService service) {
    VpcEndpointService resource = ServiceMapper.detached(service, "prod", NOW);
    resource.getMetadata().setNamespace(NAMESPACE);
    return resource;
  }

  /** Creates on the real server; what it shows once the status is written, too. */
  private static VpcEndpointService createReally(VpcEndpointService wanted) {
    VpcEndpointService created = client.resource(withoutStatus(wanted)).create();
    VpcEndpointService update = withoutStatus(wanted);
    update.getMetadata().setResourceVersion(created.getMetadata().getResourceVersion());
    update.setStatus(wanted.getStatus());
    client.resource(update).updateStatus();
    return client.resource(wanted).get();
  }

  private VpcEndpointService createInFake(VpcEndpointService wanted) throws FakeCluster.Refused {
    VpcEndpointService created = fake.create(withoutStatus(wanted));
    String version = created.getMetadata().getResourceVersion();
    String name = created.getMetadata().getName();
    fake.updateStatus(NAMESPACE, name, version, wanted.getStatus());
    return fake.get(NAMESPACE, name);
  }

  private static VpcEndpointService withoutStatus(VpcEndpointService wanted) {
    VpcEndpointService resource = new VpcEndpointService();
    resource.setMetadata(new ObjectMetaBuilder(wanted.getMetadata()).build());
    resource.setSpec(wanted.getSpec());
    return resource;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a,b",
        "\u0000",
        "a\u0000b",
        "\n",
        "\u001b[31m",
        "\u2028",
        "<&>",
        "e\u0301",
        "😀",
        "\ud800",
        "\udc00x",
        "x\udbff",
        "\ufeff",
        "\ufffe",
        "\uffff"
      })
  void keepsTextAsTheServerDoes(String text) throws FakeCluster.Refused {
    VpcEndpointService wanted =
        resource(
            EndpointServiceBuilder.bare("Text " + text)
                .serviceName(text)
                .status(text)
                .description("")
                .poolId(text)
                .connectionCount(Long.MAX_VALUE)
                .approvalEnabled(false)
                .ports(new Port(null, Long.MIN_VALUE, text))
                .tags(new Tag(text, null), new Tag("z", text), new Tag("y", ""))
                .build());

    VpcEndpointService faked = createInFake(wanted);

    VpcEndpointService really = createReally(wanted);

    assertThat(really.getSpec()).isEqualTo(faked.getSpec());
    assertThat(really.getStatus()).isEqualTo(faked.getStatus());
    assertThat(new ContentDigest().ofStatus(really.getStatus(), null))
        .isEqualTo(new ContentDigest().ofStatus(wanted.getStatus(), null));
  }

  @Test
  void keepsWhatHasFinalizersAsTheServerDoes() throws FakeCluster.Refused {
    VpcEndpointService wanted = resource(EndpointServiceBuilder.available("finalizers").build());
    wanted.getMetadata().setFinalizers(List.of("example.org/keep"));
    VpcEndpointService really = createReally(wanted);
    VpcEndpointService faked = createInFake(wanted);

    client.resource(really).delete();
    fake.delete(NAMESPACE, "finalizers", faked.getMetadata().getResourceVersion());

    VpcEndpointService reallyKept = client.resource(wanted).get();
    VpcEndpointService fakedKept = fake.get(NAMESPACE, "finalizers");
    assertThat(reallyKept.isMarkedForDeletion()).isTrue();
    assertThat(fakedKept.isMarkedForDeletion()).isTrue();
    assertThat(fakedKept.getMetadata().getGeneration())
        .isEqualTo(reallyKept.getMetadata().getGeneration());
    assertThat(fakedKept.getStatus()).isEqualTo(reallyKept.getStatus());
    reallyKept.getMetadata().setFinalizers(List.of());
    fakedKept.getMetadata().setFinalizers(List.of());
    client.resource(reallyKept).update();
    fake.update(fakedKept);
    assertThat(client.resource(wanted).get()).isNull();
    assertThat(fake.find(NAMESPACE, "finalizers")).isEmpty();
  }

  @Test
  void keepsStatusAndGenerationAsTheServerDoes() throws FakeCluster.Refused {
    VpcEndpointService wanted = resource(EndpointServiceBuilder.available("generations").build());
    VpcEndpointService really = createReally(wanted);
    VpcEndpointService faked = createInFake(wanted);
    assertThat(really.getMetadata().getGeneration()).isEqualTo(1);
    assertThat(faked.getMetadata().getGeneration()).isEqualTo(1);

    really.setStatus(VpcEndpointServiceStatus.empty());
    faked.setStatus(VpcEndpointServiceStatus.empty());
    VpcEndpointService reallySame = client.resource(really).update();
    VpcEndpointService fakedSame = fake.update(faked);

    assertThat(reallySame.getStatus()).isEqualTo(wanted.getStatus());
    assertThat(fakedSame.getStatus()).isEqualTo(wanted.getStatus());
    assertThat(reallySame.getMetadata().getGeneration()).isEqualTo(1);
    assertThat(fakedSame.getMetadata().getGeneration()).isEqualTo(1);
  }
}
