package io.vpcep.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.Missing.Fate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listing lacks stays until it is certain that it is gone, and that it may go. */
class PruneTest {
  private TestProject project;

  @BeforeEach
  void newProject() {
    project = new TestProject();
  }

  private List<VpcEndpointService> mirrored() {
    return project.mirror.list("network");
  }

  private Condition ready(String name) {
    return project.mirror.read("network", name).getStatus().conditions().get(0);
  }

  private void mirror(int services) throws InterruptedException {
    project.sync(TestProject.complete(TestProject.range(0, services)));
  }

  private SyncResult syncTimes(int times, Snapshot snapshot) throws InterruptedException {
    SyncResult last = null;
    for (int i = 0; i < times; i++) {
      last = project.sync(snapshot);
    }
    return last;
  }

  private static Snapshot nothing() {
    return TestProject.complete(List.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void prunesAfterSoManyMissesAndNotBefore(int afterMisses) throws InterruptedException {
    project.rules = new PruneRules(true, afterMisses, 50);
    mirror(3);
    syncTimes(afterMisses - 1, TestProject.complete(TestProject.range(1, 3)));
    assertThat(mirrored()).hasSize(3);

    SyncResult last = project.sync(TestProject.complete(TestProject.range(1, 3)));

    assertThat(last.report().pruned()).isEqualTo(1);
    assertThat(mirrored()).extracting(s -> s.getMetadata().getName()).containsExactly("s-1", "s-2");
  }

  @Test
  void saysThatAServiceIsMissingBeforeItIsPruned() throws InterruptedException {
    mirror(2);

    SyncPlan plan = project.sync(TestProject.complete(TestProject.range(1, 2))).plan();

    assertThat(plan.writes()).singleElement().isInstanceOf(Write.Mark.class);
    assertThat(ready("s-0").status()).isEqualTo("False");
    assertThat(ready("s-0").reason()).isEqualTo("NotFound");
    assertThat(project.mirror.read("network", "s-0").getStatus().serviceName())
        .isEqualTo("name-s-0");
  }

  @Test
  void saysOutOfScopeWhereAFilterMayBeTheReason() throws InterruptedException {
    project.filtered = true;
    mirror(1);

    project.sync(nothing());

    assertThat(ready("s-0").reason()).isEqualTo("OutOfScope");
  }

  @Test
  void countsAnewForAServiceThatCameBack() throws InterruptedException {
    mirror(2);
    project.sync(TestProject.complete(TestProject.range(1, 2)));
    project.sync(TestProject.complete(TestProject.range(0, 2)));

    SyncResult result = project.sync(TestProject.complete(TestProject.range(1, 2)));

    assertThat(result.plan().misses()).containsEntry("s-0", new Missing(1, Fate.UNKNOWN, false));
    assertThat(mirrored()).hasSize(2);
  }

  @Test
  void aServiceThatCameBackIsAvailableAgain() throws InterruptedException {
    mirror(1);
    project.sync(nothing());

    SyncPlan plan = project.sync(TestProject.complete(TestProject.range(0, 1))).plan();

    assertThat(ready("s-0").reason()).isEqualTo("Available");
    assertThat(plan.transitions())
        .extracting(SyncPlan.Transition::phase)
        .containsExactly(ServicePhase.AVAILABLE);
  }

  @Test
  void countsAnewAfterARestart() throws InterruptedException {
    mirror(1);
    project.sync(nothing());
    project.restart();

    project.sync(nothing());

    assertThat(mirrored()).hasSize(1);
  }

  @Test
  void countsNoMissOfAnIncompleteListing() throws InterruptedException {
    mirror(3);

    SyncResult result = syncTimes(5, TestProject.incomplete(List.of()));

    assertThat(result.plan().writes()).isEmpty();
    assertThat(result.plan().misses()).isEmpty();
    assertThat(result.plan().verdict()).isEqualTo(new PruneVerdict.Allowed());
    assertThat(mirrored()).hasSize(3);
  }

  @Test
  void incompleteListingPrunesNothingThatIsDueAlready() throws InterruptedException {
    mirror(3);
    project.mirror.refuse("s-0", "503: etcd is away");
    syncTimes(2, TestProject.complete(TestProject.range(1, 3)));
    project.mirror.refuseNothing();

    SyncResult result = project.sync(TestProject.incomplete(TestProject.range(1, 3)));

    assertThat(result.plan().writes()).isEmpty();
    assertThat(result.plan().misses()).containsEntry("s-0", new Missing(2, Fate.UNKNOWN, false));
    assertThat(mirrored()).hasSize(3);
  }

  @Test
  void incompleteListingUsesNoConfirmation() throws InterruptedException {
    mirror(20);
    syncTimes(2, nothing());
    project.confirmation = "20";

    SyncResult result = project.sync(TestProject.incomplete(List.of()));

    assertThat(result.plan().verdict()).isNotInstanceOf(PruneVerdict.Confirmed.class);
    assertThat(mirrored()).hasSize(20);
  }

  @Test
  void incompleteListingIsStillMirrored() throws InterruptedException {
    SyncResult result = project.sync(TestProject.incomplete(TestProject.range(0, 2)));

    assertThat(mirrored()).hasSize(2);
    assertThat(result.isCompleteAndWritten()).isFalse();
  }

  @Property(tries = 150)
  void neverPrunesMoreAtOnceThanTheGuardLetsGo(
      @ForAll @IntRange(min = 0, max = 40) int before,
      @ForAll @IntRange(min = 0, max = 40) int gone,
      @ForAll @IntRange(min = 0, max = 100) int percent)
      throws InterruptedException {
    newProject();
    project.rules = new PruneRules(true, 1, percent);
    int missing = Math.min(before, gone);
    mirror(before);

    SyncResult result = project.sync(TestProject.complete(TestProject.range(missing, before)));

    boolean allowed = missing <= Math.max(5, before * percent / 100);
    assertThat(result.report().pruned()).isEqualTo(allowed ? missing : 0);
    assertThat(result.plan().verdict() instanceof PruneVerdict.Blocked).isEqualTo(!allowed);
  }

  @Test
  void blockedPruneMarksAndSaysHowToConfirm() throws InterruptedException {
    mirror(12);

    SyncResult result = syncTimes(2, nothing());

    assertThat(mirrored()).hasSize(12);
    assertThat(ready("s-0").reason()).isEqualTo("NotFound");
    assertThat(result.plan().verdict()).isEqualTo(new PruneVerdict.Blocked(12, 6));
    assertThat(result.failure().orElseThrow().reason()).isEqualTo(FailureReason.PRUNE_BLOCKED);
    assertThat(result.failure().orElseThrow()).hasMessageContaining("vpcep.io/confirm-prune=12");
  }

  @Test
  void blockedPruneIsQuietTheNextTime() throws InterruptedException {
    mirror(12);
    syncTimes(2, nothing());

    SyncPlan plan = project.plan(nothing());

    assertThat(plan.writes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "12,12",
    "13,12",
    "999999999,12",
    "11,0",
    "0,0",
    "-12,0",
    "12.0,0",
    "' 12',0",
    "x,0",
    "'',0",
    "9999999999,0"
  })
  void confirmationLetsAtMostSoManyGo(String confirmation, int pruned) throws InterruptedException {
    mirror(12);
    project.confirmation = confirmation;

    SyncResult result = syncTimes(2, nothing());

    assertThat(result.report().pruned()).isEqualTo(pruned);
    assertThat(mirrored()).hasSize(12 - pruned);
  }

  @Test
  void confirmationIsNotUsedUpWhereNoneIsNeeded() throws InterruptedException {
    mirror(3);
    project.confirmation = "3";

    SyncResult result = syncTimes(2, nothing());

    assertThat(result.plan().verdict()).isEqualTo(new PruneVerdict.Allowed());
    assertThat(result.report().pruned()).isEqualTo(3);
  }

  @Test
  void orphanPolicyNeverDeletes() throws InterruptedException {
    project.rules = new PruneRules(false, 1, 100);
    project.confirmation = "100";
    mirror(12);

    SyncResult result = syncTimes(5, nothing());

    assertThat(mirrored()).hasSize(12);
    assertThat(ready("s-7").reason()).isEqualTo("NotFound");
    assertThat(result.failure()).isEmpty();
    assertThat(result.plan().writes()).isEmpty();
  }

  @Test
  void prunesNothingThatSomebodyJustChanged() throws InterruptedException {
    mirror(1);
    project.sync(nothing());
    project.mirror.stopWatching();
    project.mirror.editedByOthers(
        "network", "s-0", service -> service.getMetadata().getLabels().put("mine", "yes"));

    SyncResult result = project.sync(nothing());

    assertThat(result.report().pruned()).isZero();
    assertThat(mirrored()).hasSize(1);
  }
}
