package io.vpcep.operator.controller;

import static io.vpcep.operator.controller.ProjectStatusAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A project that nothing is wrong with. */
class SyncingTest {
  private final VirtualOperator operator = new VirtualOperator();

  @AfterEach
  void stop() {
    operator.close();
  }

  @Test
  void announcesTheFirstSyncAndThenItsSuccess() {
    operator.cloud.shows("a", "b");
    List<VpcEndpointProjectStatus> during = new ArrayList<>();
    operator.cloud.during(() -> during.add(operator.status("prod")));

    operator.sync("prod", new SpecDraft());

    assertThat(during.get(0)).hasReady("Unknown", "Syncing", "Reconciling");
    VpcEndpointProjectStatus status = operator.status("prod");
    assertThat(status).isSynced();
    assertThat(status.observedGeneration()).isEqualTo(1);
    assertThat(status.services().available()).isEqualTo(2);
    assertThat(status.connections()).isEqualTo(4);
    assertThat(status.lastSyncTime()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(operator.services()).containsOnlyKeys("a", "b");
    assertThat(operator.events.reasons()).containsExactly("Synced");
  }

  @Test
  void writesNothingForFiveQuietMinutesAndThenTheTimeAlone() {
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft());
    long statusWrites = operator.statusWrites();
    long serviceWrites = operator.serviceWrites();
    VpcEndpointProjectStatus before = operator.status("prod");

    operator.runFor(Duration.ofSeconds(299));
    assertThat(operator.cloud.listings()).isEqualTo(5);
    assertThat(operator.statusWrites()).isEqualTo(statusWrites);
    operator.runFor(Duration.ofSeconds(1));

    assertThat(operator.statusWrites()).isEqualTo(statusWrites + 1);
    assertThat(operator.serviceWrites()).isEqualTo(serviceWrites);
    VpcEndpointProjectStatus after = operator.status("prod");
    assertThat(after.lastSyncTime()).isEqualTo("2026-11-22T10:05:00Z");
    assertThat(after.conditions()).isEqualTo(before.conditions());
    assertThat(operator.events.reasons()).containsExactly("Synced");
  }

  @Test
  void writesAQuietProjectOnceInFiveMinutesForHours() {
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft());
    long statusWrites = operator.statusWrites();

    operator.runFor(Duration.ofHours(5));

    assertThat(operator.cloud.listings()).isEqualTo(301);
    assertThat(operator.statusWrites() - statusWrites).isEqualTo(60);
    assertThat(operator.ready("prod").lastTransitionTime()).isEqualTo("2026-11-22T10:00:00Z");
  }

  @Test
  void spreadsSyncsByTheJitter() {
    operator.chance = 0.5;
    operator.sync("prod", new SpecDraft());

    Duration next = operator.untilNext("prod");

    assertThat(next).isEqualTo(Duration.ofSeconds(63));
  }

  @Test
  void syncsAChangedSpecAtOnceAndAnnouncesIt() {
    operator.sync("prod", new SpecDraft());
    operator.runFor(Duration.ofSeconds(20));
    List<VpcEndpointProjectStatus> during = new ArrayList<>();
    operator.cloud.during(() -> during.add(operator.status("prod")));

    operator.changeSpec("prod", new SpecDraft().interval("2m"));
    operator.runFor(Duration.ZERO);

    assertThat(during.get(0)).hasReady("Unknown", "Syncing", "Reconciling");
    assertThat(during.get(0).observedGeneration()).isEqualTo(2);
    assertThat(operator.status("prod")).isSynced();
    assertThat(operator.untilNext("prod")).isEqualTo(Duration.ofMinutes(2));
    assertThat(operator.ready("prod").lastTransitionTime()).isEqualTo("2026-11-22T10:00:20Z");
  }

  @Test
  void syncsOnceWhenAskedTo() {
    operator.sync("prod", new SpecDraft());

    operator.annotate("prod", Labels.REQUESTED_AT, "17");
    operator.runFor(Duration.ofSeconds(30));

    assertThat(operator.cloud.listings()).isEqualTo(2);
    assertThat(operator.status("prod").lastHandledRequest()).isEqualTo("17");
    assertThat(operator.status("prod")).isSynced();
  }

  @Test
  void remembersTheLastRequestWhenTheAnnotationIsGone() {
    operator.sync("prod", new SpecDraft());
    operator.annotate("prod", Labels.REQUESTED_AT, "17");
    operator.runFor(Duration.ZERO);

    operator.annotate("prod", Labels.REQUESTED_AT, "");
    operator.runFor(Duration.ofMinutes(10));

    assertThat(operator.status("prod").lastHandledRequest()).isEqualTo("17");
  }

  @Test
  void answersARequestThatComesDuringASyncByAnother() {
    operator.create("prod", new SpecDraft());
    operator.cloud.during(
        () -> {
          operator.cloud.during(() -> {});
          operator.annotate("prod", Labels.REQUESTED_AT, "17");
        });
    operator.turn("prod");
    assertThat(operator.status("prod").lastHandledRequest()).isNull();

    operator.turn("prod");

    assertThat(operator.cloud.listings()).isEqualTo(2);
    assertThat(operator.status("prod").lastHandledRequest()).isEqualTo("17");
  }

  @Test
  void saysOfASpecThatChangedDuringASyncThatItWasNotObserved() {
    operator.create("prod", new SpecDraft());
    operator.cloud.during(
        () -> {
          operator.cloud.during(() -> {});
          operator.changeSpec("prod", new SpecDraft().interval("2m"));
        });
    operator.turn("prod");
    assertThat(operator.project("prod").getMetadata().getGeneration()).isEqualTo(2);
    assertThat(operator.status("prod").observedGeneration()).isEqualTo(1);

    Duration next = operator.turn("prod");

    assertThat(operator.status("prod").observedGeneration()).isEqualTo(2);
    assertThat(operator.cloud.listings()).isEqualTo(2);
    assertThat(next).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void takesASpecThatChangedUnderItsAnnouncementForNotObserved() {
    operator.create("prod", new SpecDraft());
    operator.beforeNextStatusWrite(
        () -> operator.changeSpec("prod", new SpecDraft().interval("2m")));

    operator.turn("prod");

    assertThat(operator.status("prod").observedGeneration()).isEqualTo(1);
    operator.turn("prod");
    assertThat(operator.status("prod").observedGeneration()).isEqualTo(2);
    assertThat(operator.cloud.listings()).isEqualTo(2);
  }

  @Test
  void believesItsOwnWriteMoreThanAnOlderCache() {
    operator.create("prod", new SpecDraft());
    var old = operator.project("prod");
    operator.turn("prod");
    long writes = operator.statusWrites();

    operator.turn(old);

    assertThat(operator.statusWrites()).isEqualTo(writes);
    assertThat(operator.cloud.listings()).isEqualTo(1);
  }

  @Test
  void tellsOfServicesThatBecomeAvailableOrFail() {
    operator.cloud.shows(List.of(ScriptedCloud.service("a", "creating")));
    operator.sync("prod", new SpecDraft());
    operator.cloud.shows(List.of(ScriptedCloud.service("a", "available")));
    operator.runFor(Duration.ofMinutes(1));
    operator.cloud.shows(List.of(ScriptedCloud.service("a", "failed")));

    operator.runFor(Duration.ofMinutes(1));

    assertThat(operator.events.of("ServiceAvailable")).hasSize(1);
    assertThat(operator.events.of("ServiceFailed"))
        .extracting(RecordedEvents.Recorded::kind)
        .containsExactly("VpcEndpointProject", "VpcEndpointService");
    assertThat(operator.status("prod").services().failed()).isEqualTo(1);
  }

  @Test
  void tellsOfTenServicesAMinuteAtMost() {
    operator.cloud.shows(
        IntStream.range(0, 30).mapToObj(i -> ScriptedCloud.service("s-" + i, "creating")).toList());
    operator.sync("prod", new SpecDraft());
    operator.cloud.showsMany(30);

    operator.runFor(Duration.ofMinutes(1));

    assertThat(operator.events.of("ServiceAvailable")).hasSize(10);
  }

  @Test
  void restsWhileSuspendedAndSaysSoOnce() {
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft());
    VpcEndpointProjectStatus before = operator.status("prod");

    operator.changeSpec("prod", new SpecDraft().suspend(true));
    operator.runFor(Duration.ofHours(10));

    VpcEndpointProjectStatus after = operator.status("prod");
    assertThat(after).isSynced();
    assertThat(after.observedGeneration()).isEqualTo(2);
    assertThat(after.conditions().get(0).of(1L)).isEqualTo(before.conditions().get(0));
    assertThat(operator.cloud.listings()).isEqualTo(1);
    assertThat(operator.phase("a")).isEqualTo("Available");
    assertThat(operator.events.of("Suspended")).hasSize(1);
  }

  @Test
  void resumesAtOnce() {
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft());
    operator.changeSpec("prod", new SpecDraft().suspend(true));
    operator.runFor(Duration.ofHours(10));

    operator.changeSpec("prod", new SpecDraft());
    operator.runFor(Duration.ZERO);

    assertThat(operator.cloud.listings()).isEqualTo(2);
    assertThat(operator.status("prod")).isSynced();
    assertThat(operator.status("prod").observedGeneration()).isEqualTo(3);
  }

  @Test
  void neverSyncsAProjectThatIsSuspendedFromItsBeginning() {
    operator.sync("prod", new SpecDraft().suspend(true));

    operator.runFor(Duration.ofHours(3));

    assertThat(operator.cloud.listings()).isZero();
    assertThat(operator.status("prod").observedGeneration()).isEqualTo(1);
    assertThat(operator.status("prod").conditions()).isEmpty();
  }

  @Test
  void keepsItsPaceWhenTheClockIsSetBack() {
    operator.sync("prod", new SpecDraft());
    Instant before = operator.clock.instant();
    operator.clock.set(before.minus(Duration.ofHours(6)));

    Duration next = operator.turn("prod");

    assertThat(next).isLessThanOrEqualTo(Duration.ofMinutes(1));
    operator.runFor(Duration.ofMinutes(5));
    assertThat(operator.cloud.listings()).isEqualTo(6);
  }

  @Test
  void keepsItsPaceWhenTheClockIsSetBackDuringASync() {
    operator.create("prod", new SpecDraft());
    operator.cloud.during(() -> operator.clock.advance(Duration.ofHours(-6)));

    Duration next = operator.turn("prod");

    assertThat(next).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void beginsTheNextSyncAtOnceWhenOneTookLongerThanTheInterval() {
    operator.create("prod", new SpecDraft());
    operator.cloud.during(() -> operator.clock.advance(Duration.ofMinutes(3)));

    Duration next = operator.turn("prod");

    assertThat(next).isPositive().isLessThan(Duration.ofSeconds(1));
  }
}
