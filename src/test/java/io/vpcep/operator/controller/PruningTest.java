package io.vpcep.operator.controller;

import static io.vpcep.operator.controller.ProjectStatusAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a project does about services that its cloud no longer shows. */
class PruningTest {
  private final VirtualOperator operator = new VirtualOperator();

  @AfterEach
  void stop() {
    operator.close();
  }

  private void emptyTheCloud() {
    operator.cloud.showsMany(12);
    operator.sync("prod", new SpecDraft());
    operator.cloud.shows();
    operator.runFor(Duration.ofMinutes(2));
  }

  @Test
  void marksAMissingServiceAndPrunesItAfterTheNextListing() {
    operator.cloud.shows("a", "b");
    operator.sync("prod", new SpecDraft());
    operator.cloud.shows("a");
    operator.runFor(Duration.ofMinutes(1));
    assertThat(operator.phase("b")).isEqualTo("NotFound");

    operator.runFor(Duration.ofMinutes(1));

    assertThat(operator.services()).containsOnlyKeys("a");
    assertThat(operator.status("prod").services().total()).isEqualTo(1);
  }

  @Test
  void countsListingsOfAnotherQueryAnew() {
    operator.cloud.shows("a", "b");
    operator.sync("prod", new SpecDraft());
    operator.cloud.shows("a");
    operator.runFor(Duration.ofMinutes(1));

    operator.changeSpec("prod", new SpecDraft().projectId("p2"));
    operator.runFor(Duration.ZERO);

    assertThat(operator.services()).containsOnlyKeys("a", "b");
    operator.runFor(Duration.ofMinutes(1));
    assertThat(operator.services()).containsOnlyKeys("a");
  }

  @Test
  void refusesToPruneTooMuch() {
    emptyTheCloud();

    operator.runFor(Duration.ofHours(2));

    assertThat(operator.status("prod")).isStalled("PruneBlocked");
    assertThat(operator.services()).hasSize(12);
    assertThat(operator.ready("prod").message()).contains("vpcep.io/confirm-prune=12");
    assertThat(operator.events.of("PruneBlocked")).hasSize(1);
  }

  @Test
  void prunesOnceWhenConfirmedAndHasThatOnRecordBefore() {
    emptyTheCloud();
    List<Integer> mirroredWhenRecorded = new ArrayList<>();
    operator.annotate("prod", Labels.CONFIRM_PRUNE, "12");
    operator.beforeNextStatusWrite(() -> mirroredWhenRecorded.add(operator.services().size()));

    operator.runFor(Duration.ZERO);

    assertThat(mirroredWhenRecorded).containsExactly(12);
    assertThat(operator.services()).isEmpty();
    assertThat(operator.status("prod")).isSynced();
    assertThat(operator.status("prod").lastConfirmedPrune()).isEqualTo("12");
  }

  @Test
  void blocksTheSecondPruneThatTheSameConfirmationWouldAllow() {
    emptyTheCloud();
    operator.annotate("prod", Labels.CONFIRM_PRUNE, "12");
    operator.runFor(Duration.ZERO);
    operator.cloud.showsMany(12);
    operator.runFor(Duration.ofMinutes(1));
    assertThat(operator.services()).hasSize(12);

    operator.cloud.shows();
    operator.runFor(Duration.ofMinutes(10));

    assertThat(operator.status("prod")).isStalled("PruneBlocked");
    assertThat(operator.services()).hasSize(12);
  }

  @Test
  void prunesNothingWhenTheConfirmationCannotBeRecorded() {
    emptyTheCloud();
    operator.cluster.failOn(MockCluster::isStatusWriteOfProject);
    operator.annotate("prod", Labels.CONFIRM_PRUNE, "12");

    operator.runFor(Duration.ofMinutes(1));

    assertThat(operator.services()).hasSize(12);
    operator.cluster.failNothing();
    operator.runFor(Duration.ofMinutes(2));
    assertThat(operator.services()).isEmpty();
  }

  @Test
  void staysBlockedWhenFewerAreConfirmed() {
    emptyTheCloud();
    operator.annotate("prod", Labels.CONFIRM_PRUNE, "11");

    operator.runFor(Duration.ofMinutes(5));

    assertThat(operator.services()).hasSize(12);
    assertThat(operator.status("prod")).isStalled("PruneBlocked");
    assertThat(operator.status("prod").lastConfirmedPrune()).isNull();
  }

  @Test
  void unblocksByItselfWhenTheServicesAreBack() {
    emptyTheCloud();
    operator.cloud.showsMany(12);

    operator.runFor(Duration.ofMinutes(1));

    assertThat(operator.status("prod")).isSynced();
    assertThat(operator.phase("s-3")).isEqualTo("Available");
  }
}
