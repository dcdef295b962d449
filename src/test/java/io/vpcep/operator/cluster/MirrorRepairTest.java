package io.vpcep.operator.cluster;

import static io.vpcep.operator.cluster.FakeKubernetes.refusal;
import static io.vpcep.operator.cluster.Services.NOW;
import static io.vpcep.operator.cluster.Services.OTHER;
import static io.vpcep.operator.cluster.Services.PROD;
import static io.vpcep.operator.cluster.Services.mirrored;
import static io.vpcep.operator.cluster.Services.status;
import static io.vpcep.operator.cluster.Services.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceSpec;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MirrorRepairTest {
  private final MirrorIndex index = new MirrorIndex();
  private FakeKubernetes kubernetes;
  private MirrorWriter writer;

  @BeforeEach
  void start() throws IOException {
    kubernetes = new FakeKubernetes();
    ResourceReader reader = new ResourceReader(kubernetes.client().getKubernetesSerialization());
    writer = new MirrorWriter(kubernetes.client(), index, reader, () -> NOW);
  }

  @AfterEach
  void stop() {
    kubernetes.close();
  }

  @Test
  void repairsItsPartAndKeepsThatOfOthers() {
    VpcEndpointService edited = editedByOthers();
    kubernetes.hold(edited);

    WriteOutcome outcome = writer.write(PROD, Services.repair(wanted(PROD, "a")));

    VpcEndpointService present = present("a");
    OwnerReference ours = wanted(PROD, "a").getMetadata().getOwnerReferences().get(0);
    OwnerReference others = edited.getMetadata().getOwnerReferences().get(0);
    assertThat(outcome).isInstanceOf(WriteOutcome.Done.class);
    assertThat(present.getMetadata().getLabels())
        .containsAllEntriesOf(wanted(PROD, "a").getMetadata().getLabels())
        .containsEntry("team", "blue")
        .doesNotContainKey(Labels.VPC_ID);
    assertThat(present.getMetadata().getAnnotations()).containsEntry("note", "keep");
    assertThat(present.getMetadata().getFinalizers()).containsExactly("others.io/guard");
    assertThat(present.getMetadata().getOwnerReferences()).containsExactlyInAnyOrder(ours, others);
    assertThat(present.getSpec()).isEqualTo(wanted(PROD, "a").getSpec());
    assertThat(present.getStatus().serviceName()).isEqualTo("shop");
    assertThat(index.find("network", "a")).isEqualTo(mirrored(present));
  }

  @Test
  void writesNothingWhereNothingIsBroken() {
    kubernetes.hold(wanted(PROD, "a"));
    writer.write(PROD, Services.repair(wanted(PROD, "a")));
    kubernetes.requests().clear();

    WriteOutcome outcome = writer.write(PROD, Services.repair(wanted(PROD, "a")));

    assertThat(outcome).isInstanceOf(WriteOutcome.Done.class);
    assertThat(kubernetes.requests()).singleElement().asString().startsWith("GET ");
  }

  @Test
  void repairsWhatDoesNotDecode() {
    kubernetes.hold(
        """
        apiVersion: vpcep.io/v1alpha1
        kind: VpcEndpointService
        metadata: {name: a, namespace: network}
        spec: {serviceId: a, projectRef: {name: prod}}
        status: {connectionCount: 1e40}
        """);

    WriteOutcome outcome = writer.write(PROD, Services.repair(wanted(PROD, "a")));

    assertThat(outcome).isInstanceOf(WriteOutcome.Done.class);
    assertThat(present("a").getStatus().connectionCount()).isEqualTo(3);
    assertThat(index.find("network", "a")).isEqualTo(mirrored(present("a")));
  }

  @Test
  void keepsWhatAnotherProjectOwnsEvenIfItDoesNotDecode() {
    kubernetes.hold(
        """
        apiVersion: vpcep.io/v1alpha1
        kind: VpcEndpointService
        metadata:
          name: a
          namespace: network
          ownerReferences:
          - {apiVersion: vpcep.io/v1alpha1, kind: VpcEndpointProject, name: other, uid: u, controller: true}
        spec: [1]
        """);
    kubernetes.requests().clear();

    WriteOutcome outcome = writer.write(PROD, Services.repair(wanted(PROD, "a")));

    assertThat(outcome).isInstanceOf(WriteOutcome.Foreign.class);
    assertThat(kubernetes.requests()).singleElement().asString().startsWith("GET ");
  }

  @Test
  void doesNotRepairWhatIsGone() {
    index.observed("network", mirrored("a", "prod", "5"));

    WriteOutcome outcome = writer.write(PROD, Services.repair(wanted(PROD, "a")));

    assertThat(outcome).isInstanceOf(WriteOutcome.Superseded.class);
    assertThat(index.find("network", "a")).isNull();
  }

  @Test
  void doesNotRepairWhatAnotherProjectTookOver() {
    VpcEndpointService foreign = kubernetes.hold(wanted(OTHER, "a"));

    WriteOutcome outcome = writer.write(PROD, Services.repair(wanted(PROD, "a")));

    assertThat(outcome).isInstanceOf(WriteOutcome.Foreign.class);
    assertThat(present("a")).isEqualTo(foreign);
  }

  @Test
  void isSupersededByAnEditBetweenReadAndRepair() {
    VpcEndpointService edited = editedByOthers();
    kubernetes.hold(edited);
    AtomicBoolean once = new AtomicBoolean(true);
    kubernetes.hook(
        (method, path) ->
            method.equals("PUT") && once.getAndSet(false) ? refusal(409, "stale") : null);

    WriteOutcome outcome = writer.write(PROD, Services.repair(wanted(PROD, "a")));

    assertThat(outcome).isInstanceOf(WriteOutcome.Superseded.class);
    assertThat(present("a").getSpec()).isEqualTo(edited.getSpec());
    assertThat(index.find("network", "a")).isEqualTo(mirrored(present("a")));
  }

  /** Everything of ours is broken, and there is one thing of others of each kind. */
  private static VpcEndpointService editedByOthers() {
    VpcEndpointService edited = wanted(PROD, "a");
    edited.setMetadata(
        new ObjectMetaBuilder(edited.getMetadata())
            .withLabels(Map.of("team", "blue", Labels.PROJECT, "x", Labels.VPC_ID, "old"))
            .withAnnotations(Map.of("note", "keep"))
            .withFinalizers("others.io/guard")
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion("v1")
                    .withKind("ConfigMap")
                    .withName("other")
                    .withUid("uid-config-map")
                    .build())
            .build());
    edited.setSpec(
        new VpcEndpointServiceSpec(new VpcEndpointServiceSpec.ProjectReference("prod"), "x"));
    edited.setStatus(status("edited"));
    return edited;
  }

  private VpcEndpointService present(String name) {
    return kubernetes.present("network", name);
  }
}
