package io.vpcep.operator.cluster;

import static io.vpcep.operator.cluster.MockApi.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.mockwebserver.http.MockResponse;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.EndpointServiceBuilder;
import io.vpcep.operator.sync.MirroredService;
import io.vpcep.operator.sync.ProjectIdentity;
import io.vpcep.operator.sync.ServiceMapper;
import io.vpcep.operator.sync.ServicePhase;
import io.vpcep.operator.sync.Write;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What others do between two requests of a write, and what they left behind. */
class MirrorWriterRaceTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final ProjectIdentity PROD = new ProjectIdentity("network", "prod", "u-prod");

  private final MockApi api = new MockApi();
  private final MirrorIndex index = new MirrorIndex();
  private final ResourceReader reader =
      new ResourceReader(api.client().getKubernetesSerialization());
  private final MirrorWriter writer = new MirrorWriter(api.client(), index, reader, () -> NOW);

  @AfterEach
  void stop() {
    api.close();
  }

  private static VpcEndpointService wanted(String name) {
    VpcEndpointService wanted =
        ServiceMapper.detached(EndpointServiceBuilder.available(name).build(), "prod", NOW);
    wanted.getMetadata().setNamespace("network");
    wanted
        .getMetadata()
        .setOwnerReferences(
            List.of(
                new OwnerReferenceBuilder()
                    .withApiVersion("vpcep.io/v1alpha1")
                    .withKind("VpcEndpointProject")
                    .withName("prod")
                    .withUid("u-prod")
                    .withController(true)
                    .build()));
    return wanted;
  }

  @Test
  void repairsWhatDoesNotDecode() {
    api.create("network", "a", "{connectionCount: 1e40, ports: nonsense}");

    WriteOutcome outcome = writer.write(PROD, new Write.Repair(wanted("a")));

    assertThat(outcome).isInstanceOf(WriteOutcome.Done.class);
    assertThat(api.present("network", "a").getStatus().serviceName())
        .isEqualTo(wanted("a").getStatus().serviceName());
    assertThat(index.find("network", "a")).isEqualTo(reader.read(api.presentAsIs("network", "a")));
  }

  @Test
  void keepsAnEditThatTheWatchShowsBeforeTheAnswer() {
    writer.write(PROD, new Write.Create(wanted("a")));
    MirroredService edited = reader.read(api.create("network", "edited", "{}"));
    onceBefore("PUT", () -> index.observed("network", renamed(edited, "a", "1000")));

    WriteOutcome outcome = writer.write(PROD, mark("a"));

    assertThat(outcome).isInstanceOf(WriteOutcome.Done.class);
    assertThat(index.find("network", "a").resourceVersion()).isEqualTo("1000");
  }

  @Test
  void keepsADeletionThatTheWatchShowsBeforeTheAnswer() {
    writer.write(PROD, new Write.Create(wanted("a")));
    onceBefore("PUT", () -> index.removed("network", "a"));

    writer.write(PROD, mark("a"));

    assertThat(index.find("network", "a")).isNull();
  }

  @Test
  void givesWayWhereACreatedResourceIsDeletedBeforeItsStatusIsWritten() {
    api.front(line -> line.startsWith("PUT ") ? refusal(404, "not found") : null);

    WriteOutcome outcome = writer.write(PROD, new Write.Create(wanted("a")));

    assertThat(outcome).isInstanceOf(WriteOutcome.Superseded.class);
    assertThat(index.find("network", "a")).isNull();
  }

  @Test
  void saysThatThereIsNoNamespaceToCreateIn() {
    api.front(line -> line.startsWith("POST ") ? refusal(404, "no such namespace") : null);

    WriteOutcome outcome = writer.write(PROD, new Write.Create(wanted("a")));

    assertThat(outcome).isEqualTo(new WriteOutcome.Refused("404 no such namespace"));
  }

  @Test
  void completesInTheNextTurnACreationWhoseStatusWasRefused() {
    onceAnswer("PUT", refusal(500, "not today"));
    WriteOutcome first = writer.write(PROD, new Write.Create(wanted("a")));
    MirroredService half = index.find("network", "a");

    WriteOutcome second =
        writer.write(
            PROD,
            new Write.UpdateStatus("a", half.resourceVersion(), wanted("a").getStatus().of(null)));

    assertThat(first).isEqualTo(new WriteOutcome.Refused("500 not today"));
    assertThat(second).isInstanceOf(WriteOutcome.Done.class);
    assertThat(api.present("network", "a").getStatus().availability()).isEqualTo("available");
  }

  @Test
  void asksOnceMoreAndNoMoreAfterAConflict() {
    writer.write(PROD, new Write.Create(wanted("a")));
    api.front(line -> line.startsWith("PUT ") ? refusal(409, "always") : null);
    api.requests().clear();

    WriteOutcome outcome =
        writer.write(PROD, new Write.UpdateStatus("a", "1", wanted("a").getStatus()));

    assertThat(outcome).isInstanceOf(WriteOutcome.Superseded.class);
    assertThat(api.requests()).extracting(line -> line.split(" ")[0]).containsExactly("PUT", "GET");
  }

  @Test
  void takesAnAnswerThatIsNoJsonForARefusal() {
    api.front(line -> new MockResponse().setResponseCode(200).setBody("<html>s3cr3t</html>"));

    WriteOutcome outcome = writer.write(PROD, new Write.Create(wanted("a")));

    assertThat(outcome)
        .isEqualTo(new WriteOutcome.Refused("the answer of the Kubernetes API could not be read"));
  }

  @Test
  void tellsThatNobodyAnswers() {
    api.fallSilent();

    WriteOutcome outcome = writer.write(PROD, new Write.Create(wanted("a")));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            WriteOutcome.Unanswered.class,
            unanswered ->
                assertThat(unanswered.problem())
                    .startsWith("the Kubernetes API gave no answer: ")
                    .contains("onnect"));
  }

  private static Write mark(String name) {
    return new Write.Mark(name, ServicePhase.NOT_FOUND, "It is gone.");
  }

  private static MirroredService renamed(MirroredService service, String name, String version) {
    return new MirroredService(
        name,
        service.claimant(),
        version,
        service.generation(),
        service.identityDigest(),
        service.statusDigest(),
        service.phase(),
        service.connections(),
        service.times());
  }

  private void onceBefore(String method, Runnable event) {
    AtomicBoolean first = new AtomicBoolean(true);
    api.front(
        line -> {
          if (line.startsWith(method) && first.getAndSet(false)) {
            event.run();
          }
          return null;
        });
  }

  private void onceAnswer(String method, MockResponse answer) {
    AtomicBoolean first = new AtomicBoolean(true);
    api.front(line -> line.startsWith(method) && first.getAndSet(false) ? answer : null);
  }
}
