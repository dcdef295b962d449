package io.vpcep.operator.cluster;

import static io.vpcep.operator.cluster.FakeKubernetes.refusal;
import static io.vpcep.operator.cluster.Services.NOW;
import static io.vpcep.operator.cluster.Services.OTHER;
import static io.vpcep.operator.cluster.Services.PROD;
import static io.vpcep.operator.cluster.Services.mirrored;
import static io.vpcep.operator.cluster.Services.status;
import static io.vpcep.operator.cluster.Services.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.ServicePhase;
import io.vpcep.operator.sync.Write;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorWriterTest {
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
  void createsResourceAndStatus() {
    WriteOutcome outcome = writer.write(PROD, Services.create(wanted(PROD, "a")));

    VpcEndpointService present = present("a");
    assertThat(outcome).isInstanceOf(WriteOutcome.Done.class);
    assertThat(present.getMetadata().getLabels()).containsEntry(Labels.PROJECT, "prod");
    assertThat(present.getSpec()).isEqualTo(wanted(PROD, "a").getSpec());
    assertThat(present.getStatus().serviceName()).isEqualTo("shop");
    assertThat(index.find("network", "a")).isEqualTo(mirrored(present));
  }

  @Test
  void repairsInsteadOfCreatingWhatIsItsOwnAlready() {
    VpcEndpointService edited = wanted(PROD, "a");
    edited.setStatus(status("edited"));
    kubernetes.hold(edited);

    WriteOutcome outcome = writer.write(PROD, Services.create(wanted(PROD, "a")));

    assertThat(outcome).isInstanceOf(WriteOutcome.Done.class);
    assertThat(present("a").getStatus().serviceName()).isEqualTo("shop");
    assertThat(index.find("network", "a")).isEqualTo(mirrored(present("a")));
  }

  @Test
  void leavesAloneWhatAnotherProjectCreatedFirst() {
    VpcEndpointService foreign = kubernetes.hold(wanted(OTHER, "a"));

    WriteOutcome outcome = writer.write(PROD, Services.create(wanted(PROD, "a")));

    assertThat(outcome).isInstanceOf(WriteOutcome.Foreign.class);
    assertThat(present("a")).isEqualTo(foreign);
    assertThat(index.find("network", "a").claimant()).isEqualTo("other");
  }

  @Test
  void isSupersededWhenWhatWasThereIsGoneAgain() {
    kubernetes.hook(
        (method, path) -> method.equals("POST") ? refusal(409, "already exists") : null);

    WriteOutcome outcome = writer.write(PROD, Services.create(wanted(PROD, "a")));

    assertThat(outcome).isInstanceOf(WriteOutcome.Superseded.class);
    assertThat(index.find("network", "a")).isNull();
  }

  @Test
  void isSupersededWhenTheResourceIsDeletedBeforeItsStatusIsWritten() {
    kubernetes.hook((method, path) -> method.equals("PUT") ? refusal(404, "not found") : null);

    WriteOutcome outcome = writer.write(PROD, Services.create(wanted(PROD, "a")));

    assertThat(outcome).isInstanceOf(WriteOutcome.Superseded.class);
    assertThat(index.find("network", "a")).isNull();
  }

  @Test
  void reportsThatThereIsNowhereToCreate() {
    kubernetes.hook(
        (method, path) ->
            method.equals("POST") ? refusal(404, "namespaces \"network\" not found") : null);

    WriteOutcome outcome = writer.write(PROD, Services.create(wanted(PROD, "a")));

    assertThat(outcome).isEqualTo(new WriteOutcome.Refused("404 namespaces \"network\" not found"));
  }

  @Test
  void writesStatusOfTheExpectedVersion() {
    VpcEndpointService before = kubernetes.hold(wanted(PROD, "a"));

    WriteOutcome outcome = writer.write(PROD, updateStatus(before));

    assertThat(outcome).isInstanceOf(WriteOutcome.Done.class);
    assertThat(present("a").getStatus().serviceName()).isEqualTo("renamed");
    assertThat(present("a").getSpec()).isEqualTo(before.getSpec());
    assertThat(index.find("network", "a")).isEqualTo(mirrored(present("a")));
  }

  @Test
  void keepsStatusOfAnotherVersionAndLooksAtIt() {
    VpcEndpointService before = kubernetes.hold(wanted(PROD, "a"));
    before.setStatus(status("by another"));
    VpcEndpointService now = kubernetes.client().resource(before).updateStatus();

    WriteOutcome outcome = writer.write(PROD, updateStatus(before));

    assertThat(outcome).isInstanceOf(WriteOutcome.Superseded.class);
    assertThat(present("a").getStatus().serviceName()).isEqualTo("by another");
    assertThat(index.find("network", "a")).isEqualTo(mirrored(now));
  }

  @Test
  void keepsItsViewWhenItCannotLookAfterAConflict() {
    VpcEndpointService before = kubernetes.hold(wanted(PROD, "a"));
    index.observed("network", mirrored(before));
    kubernetes.hook(
        (method, path) -> method.equals("PUT") ? refusal(409, "stale") : refusal(500, "broken"));

    WriteOutcome outcome = writer.write(PROD, updateStatus(before));

    assertThat(outcome).isInstanceOf(WriteOutcome.Superseded.class);
    assertThat(index.find("network", "a")).isEqualTo(mirrored(before));
  }

  @Test
  void forgetsWhatWasDeletedMeanwhile() {
    VpcEndpointService before = kubernetes.hold(wanted(PROD, "a"));
    index.observed("network", mirrored(before));
    kubernetes.client().resource(before).delete();

    WriteOutcome outcome = writer.write(PROD, updateStatus(before));

    assertThat(outcome).isInstanceOf(WriteOutcome.Superseded.class);
    assertThat(index.find("network", "a")).isNull();
  }

  @Test
  void marksTheConditionsAlone() {
    kubernetes.hold(wanted(PROD, "a"));

    WriteOutcome outcome = writer.write(PROD, mark());

    assertThat(outcome).isInstanceOf(WriteOutcome.Done.class);
    assertThat(present("a").getStatus().serviceName()).isEqualTo("shop");
    assertThat(present("a").getStatus().conditions())
        .singleElement()
        .satisfies(
            ready -> {
              assertThat(ready.type()).isEqualTo("Ready");
              assertThat(ready.status()).isEqualTo("False");
              assertThat(ready.reason()).isEqualTo("NotFound");
              assertThat(ready.message()).contains("gone from the cloud");
            });
    assertThat(index.find("network", "a").phase()).isEqualTo(ServicePhase.NOT_FOUND);
  }

  @Test
  void marksWhatHasNoStatusYet() {
    VpcEndpointService bare = wanted(PROD, "a");
    bare.setStatus(null);
    kubernetes.client().resource(bare).create();

    WriteOutcome outcome = writer.write(PROD, mark());

    assertThat(outcome).isInstanceOf(WriteOutcome.Done.class);
    assertThat(index.find("network", "a").phase()).isEqualTo(ServicePhase.NOT_FOUND);
  }

  @Test
  void doesNotMarkWhatIsGone() {
    WriteOutcome outcome = writer.write(PROD, mark());

    assertThat(outcome).isInstanceOf(WriteOutcome.Superseded.class);
  }

  @Test
  void doesNotMarkWhatAnotherProjectOwns() {
    VpcEndpointService foreign = kubernetes.hold(wanted(OTHER, "a"));

    WriteOutcome outcome = writer.write(PROD, mark());

    assertThat(outcome).isInstanceOf(WriteOutcome.Foreign.class);
    assertThat(present("a")).isEqualTo(foreign);
  }

  @Test
  void prunesTheExpectedVersion() {
    VpcEndpointService before = kubernetes.hold(wanted(PROD, "a"));
    index.observed("network", mirrored(before));

    WriteOutcome outcome = writer.write(PROD, prune(before));

    assertThat(outcome).isInstanceOf(WriteOutcome.Done.class);
    assertThat(present("a")).isNull();
    assertThat(index.find("network", "a")).isNull();
  }

  @Test
  void keepsWhatChangedSinceThePruneWasPlanned() {
    VpcEndpointService before = kubernetes.hold(wanted(PROD, "a"));
    before.setStatus(status("by another"));
    VpcEndpointService now = kubernetes.client().resource(before).updateStatus();

    WriteOutcome outcome = writer.write(PROD, prune(before));

    assertThat(outcome).isInstanceOf(WriteOutcome.Superseded.class);
    assertThat(present("a")).isEqualTo(now);
    assertThat(index.find("network", "a")).isEqualTo(mirrored(now));
  }

  @Test
  void pruneOfWhatIsGoneForgetsIt() {
    index.observed("network", mirrored("a", "prod", "5"));

    writer.write(PROD, new Write.Prune("a", "5"));

    assertThat(index.find("network", "a")).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 422})
  void reportsWhatTheServerRefused(int code) {
    assertThat(outcomesOfEveryWrite(code))
        .containsOnly(new WriteOutcome.Refused(code + " not today"));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void saysThatTheServerIsBusy(int code) {
    assertThat(outcomesOfEveryWrite(code)).containsOnly(new WriteOutcome.Busy(code + " not today"));
  }

  private List<WriteOutcome> outcomesOfEveryWrite(int code) {
    VpcEndpointService before = kubernetes.hold(wanted(PROD, "a"));
    kubernetes.hook((method, path) -> refusal(code, "not today"));

    return List.of(
        writer.write(PROD, Services.create(wanted(PROD, "b"))),
        writer.write(PROD, updateStatus(before)),
        writer.write(PROD, Services.repair(wanted(PROD, "a"))),
        writer.write(PROD, mark()),
        writer.write(PROD, prune(before)));
  }

  private static Write.UpdateStatus updateStatus(VpcEndpointService before) {
    return new Write.UpdateStatus(
        "a", before.getMetadata().getResourceVersion(), status("renamed"));
  }

  private static Write.Mark mark() {
    return new Write.Mark("a", ServicePhase.NOT_FOUND);
  }

  private static Write.Prune prune(VpcEndpointService before) {
    return new Write.Prune("a", before.getMetadata().getResourceVersion());
  }

  private VpcEndpointService present(String name) {
    return kubernetes.present("network", name);
  }
}
