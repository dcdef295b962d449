package io.vpcep.operator.controller;

import static io.vpcep.operator.controller.ProjectStatusAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.Labels;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two projects of one namespace that list the same services. */
class TwoProjectsTest {
  private final VirtualOperator operator = new VirtualOperator();

  @BeforeEach
  void syncFirstAndSecond() {
    operator.cloud.shows("a", "b");
    operator.sync("first", new SpecDraft());
    operator.sync("second", new SpecDraft());
  }

  @AfterEach
  void stop() {
    operator.close();
  }

  private String ownerOf(String service) {
    return operator.services().get(service).getMetadata().getOwnerReferences().get(0).getName();
  }

  @Test
  void leavesServicesWithTheFirstProjectForHoursWithoutAWrite() {
    long writes = operator.serviceWrites();

    operator.runFor(Duration.ofHours(3));

    assertThat(operator.serviceWrites()).isEqualTo(writes);
    assertThat(operator.status("first")).isSynced();
    assertThat(operator.status("second")).isStalled("Conflict");
    assertThat(operator.status("second").services().total()).isZero();
    assertThat(operator.events.of("Conflict")).hasSize(1);
    assertThat(ownerOf("a")).isEqualTo("first");
  }

  @Test
  void mirrorsTheOtherServicesOfTheSecondProject() {
    operator.cloud.shows("a", "b", "c");

    operator.annotate("second", Labels.REQUESTED_AT, "now");
    operator.runFor(Duration.ZERO);

    assertThat(ownerOf("c")).isEqualTo("second");
    operator.runFor(Duration.ofMinutes(1));
    assertThat(operator.status("first")).isStalled("Conflict");
  }

  @Test
  void leavesTheServicesOfTheSecondProjectAloneWhenTheFirstIsDeleted() {
    operator.cloud.shows("a", "b", "c");
    operator.annotate("second", Labels.REQUESTED_AT, "now");
    operator.runFor(Duration.ZERO);
    String uid = operator.services().get("c").getMetadata().getUid();

    operator.delete("first");
    operator.runFor(Duration.ofHours(1));

    assertThat(operator.services().get("c").getMetadata().getUid()).isEqualTo(uid);
    assertThat(ownerOf("c")).isEqualTo("second");
  }

  @Test
  void prunesOnlyItsOwnWhenItsCloudShowsNothing() {
    operator.cloud.shows("a", "b", "c");
    operator.annotate("second", Labels.REQUESTED_AT, "now");
    operator.runFor(Duration.ZERO);
    operator.delete("first");
    operator.runFor(Duration.ZERO);
    operator.cloud.shows();

    operator.create("first", new SpecDraft().afterMisses(1));
    operator.turn("first");

    assertThat(operator.services()).containsKey("c");
    assertThat(ownerOf("c")).isEqualTo("second");
  }

  @Test
  void givesThemToTheSecondProjectWhenTheFirstIsGone() {
    operator.runFor(Duration.ofHours(1));

    operator.delete("first");
    operator.runFor(Duration.ofMinutes(1));

    assertThat(operator.status("second")).isSynced();
    assertThat(ownerOf("a")).isEqualTo("second");
    assertThat(operator.status("second").services().total()).isEqualTo(2);
  }
}
