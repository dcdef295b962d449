package io.vpcep.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.FailureReason.Recovery;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProjectConditionsTest {
  private static final Instant THEN = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-22T10:05:00.987Z");

  private static ProjectConditions after(List<Condition> before) {
    return new ProjectConditions(before, 2L, NOW);
  }

  private static List<Condition> syncedThen() {
    return new ProjectConditions(List.of(), 1L, THEN).synced();
  }

  private static ProjectStatusAssert assertStatus(List<Condition> conditions) {
    return ProjectStatusAssert.assertThat(
            new VpcEndpointProjectStatus(2L, conditions, null, null, null, null, null, null))
        .isClean(NOW);
  }

  @Test
  void isReadyAloneWhenSynced() {
    assertStatus(after(List.of()).synced()).isSynced();
  }

  @Test
  void isReconcilingWhileTheFirstSyncIsUnderWay() {
    assertStatus(after(List.of()).syncing()).hasReady("Unknown", "Syncing", "Reconciling");
  }

  @ParameterizedTest
  @EnumSource
  void saysWhoIsToActOnAFailure(FailureReason reason) {
    String companion =
        reason.recovery() == Recovery.BY_A_PERSON ? Condition.STALLED : Condition.RECONCILING;

    assertStatus(after(syncedThen()).failed(reason, "It failed."))
        .hasReady("False", reason.constant(), companion);
  }

  @Test
  void writesWholeSeconds() {
    assertThat(after(List.of()).synced().get(0).lastTransitionTime())
        .isEqualTo("2026-11-22T10:05:00Z");
  }

  @Test
  void keepsTheTimeWhereTheStatusStays() {
    assertThat(after(syncedThen()).synced().get(0).lastTransitionTime()).isEqualTo(THEN.toString());
  }

  @Test
  void keepsTheTimeWhereTheReasonAloneChanges() {
    List<Condition> failed =
        new ProjectConditions(List.of(), 1L, THEN).failed(FailureReason.THROTTLED, "429");

    List<Condition> next = after(failed).failed(FailureReason.SERVER_ERROR, "503");

    assertThat(next).extracting(Condition::lastTransitionTime).containsOnly(THEN.toString());
  }

  @Test
  void movesTheTimeWhereTheStatusChanges() {
    List<Condition> next = after(syncedThen()).failed(FailureReason.SERVER_ERROR, "503");

    assertThat(next).extracting(Condition::lastTransitionTime).containsOnly("2026-11-22T10:05:00Z");
  }

  @Test
  void dropsWhatSomebodyElseLeft() {
    Condition strange = new Condition("Strange", "True", null, null, null, null);

    List<Condition> next = after(List.of(strange)).synced();

    assertThat(next).extracting(Condition::type).containsExactly("Ready");
  }

  @Test
  void survivesAConditionWithoutATime() {
    Condition bare = new Condition("Ready", "True", null, null, null, null);

    assertThat(after(List.of(bare)).synced().get(0).lastTransitionTime())
        .isEqualTo("2026-11-22T10:05:00Z");
  }

  @Test
  void followsTheGenerationAloneWhenNothingElseChanged() {
    List<Condition> before = syncedThen();

    List<Condition> next = after(before).unchanged();

    assertThat(next).containsExactly(before.get(0).of(2L));
  }
}
