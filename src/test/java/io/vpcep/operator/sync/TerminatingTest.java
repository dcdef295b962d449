package io.vpcep.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.VpcEndpointService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mirror that is deleted and stays, since it has a finalizer of somebody else. */
class TerminatingTest {
  private static final EndpointService SERVICE = EndpointServiceBuilder.available("s").build();
  private static final Snapshot NOTHING = TestProject.complete(List.of());

  private TestProject project;

  @BeforeEach
  void mirrorOneWithAFinalizer() throws InterruptedException {
    project = new TestProject();
    project.sync(SERVICE);
    edit(service -> service.getMetadata().setFinalizers(List.of("example.org/keep")));
  }

  private void edit(Consumer<VpcEndpointService> change) {
    project.mirror.editedByOthers("network", "s", change);
  }

  private VpcEndpointService mirrored() {
    return project.mirror.read("network", "s");
  }

  private SyncResult prune() throws InterruptedException {
    project.sync(NOTHING);
    return project.sync(NOTHING);
  }

  @Test
  void isPrunedAndReportedOnce() throws InterruptedException {
    SyncResult first = prune();

    List<SyncResult> later =
        List.of(project.sync(NOTHING), project.sync(NOTHING), project.sync(NOTHING));

    assertThat(first.report().pruned()).isEqualTo(1);
    assertThat(mirrored().isMarkedForDeletion()).isTrue();
    assertThat(later)
        .allSatisfy(
            result -> {
              assertThat(result.plan().writes()).isEmpty();
              assertThat(result.plan().misses()).isEmpty();
              assertThat(result.report()).isEqualTo(WriteReport.NOTHING);
              assertThat(result.failure()).isEmpty();
            });
  }

  @Test
  void isNotRepairedThoughSomebodyEditsIt() throws InterruptedException {
    prune();
    edit(service -> service.getMetadata().setLabels(null));
    edit(service -> service.setStatus(null));
    VpcEndpointService edited = mirrored();

    List<SyncResult> results =
        List.of(
            project.sync(NOTHING),
            project.sync(SERVICE),
            project.sync(TestProject.incomplete(List.of())));

    assertThat(results).allMatch(result -> result.plan().writes().isEmpty());
    assertThat(mirrored()).isEqualTo(edited);
  }

  @Test
  void isNotMarkedAsStale() throws InterruptedException {
    prune();

    List<Write> writes = Planner.planStale(TestProject.IDENTITY, project.mirror);

    assertThat(writes).isEmpty();
  }

  @Test
  void isCreatedAnewOnceItIsGoneWhenTheServiceIsBack() throws InterruptedException {
    prune();
    String uid = mirrored().getMetadata().getUid();
    SyncResult whileTerminating = project.sync(SERVICE);
    edit(service -> service.getMetadata().setFinalizers(List.of()));

    SyncResult afterwards = project.sync(SERVICE);

    assertThat(whileTerminating.plan().writes()).isEmpty();
    assertThat(whileTerminating.plan().transitions()).isEmpty();
    assertThat(whileTerminating.failure()).isEmpty();
    assertThat(afterwards.report().created()).isEqualTo(1);
    assertThat(mirrored().isMarkedForDeletion()).isFalse();
    assertThat(uid).isNotNull();
    project.assertNothingToWrite(List.of(SERVICE));
  }

  @Test
  void isLeftAloneWhenItTurnsOutToTerminateWhileItIsRepaired() throws InterruptedException {
    project.mirror.stopWatching();
    project.mirror.deletedByOthers("network", "s");
    edit(service -> service.getMetadata().setAnnotations(Map.of("note", "last words")));
    VpcEndpointService terminating = mirrored();
    EndpointService changed = EndpointServiceBuilder.like(SERVICE).serviceType("gateway").build();

    SyncResult result = project.sync(changed);

    assertThat(result.plan().writes()).singleElement().isInstanceOf(Write.Repair.class);
    assertThat(result.report().changedAnything()).isFalse();
    assertThat(mirrored()).isEqualTo(terminating);
  }

  @Test
  void countsNeitherAsMirroredNorAsCandidateForTheGuard() throws InterruptedException {
    project.sync(TestProject.complete(TestProject.range(0, 12)));
    for (int i = 0; i < 12; i++) {
      project.mirror.editedByOthers(
          "network",
          "s-" + i,
          service ->
              service.getMetadata().setFinalizers(new ArrayList<>(List.of("example.org/a"))));
    }
    for (int i = 0; i < 5; i++) {
      project.mirror.deletedByOthers("network", "s-" + i);
    }
    project.rules = new PruneRules(true, 1, 90);

    PruneVerdict verdict = project.plan(NOTHING).verdict();

    // Seven of the twelve remain, and s: of eight 90 % are seven.
    assertThat(verdict).isEqualTo(new PruneVerdict.Blocked(8, 7));
  }
}
