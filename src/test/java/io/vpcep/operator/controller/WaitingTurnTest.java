package io.vpcep.operator.controller;

import static io.vpcep.operator.controller.ProjectStatusAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import io.vpcep.operator.sync.FailureReason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A project that is due while others of its account go first. */
class WaitingTurnTest {
  private final VirtualOperator operator = new VirtualOperator();

  @AfterEach
  void stop() {
    operator.close();
  }

  @Test
  void saysNoMoreThanSyncingWhileItWaitsForItsFirstTurn() {
    // Given
    operator.cloud.shows("a");
    operator.cloud.keepsWaiting(Duration.ofSeconds(7));

    // When
    operator.sync("prod", new SpecDraft());
    long writes = operator.statusWrites();
    operator.runFor(Duration.ofMinutes(1));

    // Then
    assertThat(operator.untilNext("prod")).isLessThanOrEqualTo(Duration.ofSeconds(7));
    assertThat(operator.cloud.asked()).isEqualTo(9);
    assertThat(operator.cloud.listings()).isZero();
    assertThat(operator.status("prod")).hasReady("Unknown", "Syncing", "Reconciling");
    assertThat(operator.statusWrites()).isEqualTo(writes);
    assertThat(operator.events.reasons()).isEmpty();
  }

  @Test
  void syncsWhenItsTurnComesAndCountsNoFailure() {
    // Given
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft());
    VpcEndpointProjectStatus before = operator.status("prod");
    operator.cloud.keepsWaiting(Duration.ofSeconds(7));
    operator.runFor(Duration.ofMinutes(2));
    assertThat(operator.status("prod").conditions()).isEqualTo(before.conditions());

    // When
    operator.cloud.keepsWaiting(Duration.ZERO);
    operator.runFor(Duration.ofSeconds(7));

    // Then
    assertThat(operator.cloud.listings()).isEqualTo(2);
    assertThat(operator.status("prod")).isSynced();
    assertThat(operator.events.reasons()).containsExactly("Synced");
  }

  @Test
  void turnsItsServicesStaleWhenItWaitsTooLong() {
    // Given
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft());
    operator.cloud.keepsWaiting(Duration.ofMinutes(5));

    // When
    operator.runFor(Duration.ofMinutes(31));

    // Then
    assertThat(operator.phase("a")).isEqualTo("Stale");
  }

  @Test
  void reportsWhatGoesWrongBeforeTheTurnWhileItWaits() {
    // Given
    operator.putSecret("cloud", Map.of("token", "t"));
    operator.cloud.keepsWaiting(Duration.ofSeconds(7));
    operator.sync("prod", new SpecDraft().secret("cloud"));

    // When
    operator.putSecret("cloud", Map.of("token", ""));
    operator.runFor(Duration.ofSeconds(7));

    // Then
    assertThat(operator.ready("prod").reason()).isEqualTo(FailureReason.SECRET_INVALID.constant());
  }
}
