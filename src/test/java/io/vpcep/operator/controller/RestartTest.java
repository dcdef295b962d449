package io.vpcep.operator.controller;

import static io.vpcep.operator.controller.ProjectStatusAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.FailureReason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A restart is no news: whatever the situation, the next process finds its way back into it. */
class RestartTest {
  private final VirtualOperator operator = new VirtualOperator();

  @AfterEach
  void stop() {
    operator.close();
  }

  /** Situations that outlast a restart. */
  enum Situation {
    SYNCED {
      @Override
      void bringAbout(VirtualOperator operator) {
        operator.runFor(Duration.ofMinutes(2));
      }
    },
    THROTTLED {
      @Override
      void bringAbout(VirtualOperator operator) {
        operator.cloud.fails(FailureReason.THROTTLED);
        operator.runFor(Duration.ofMinutes(20));
      }
    },
    ACCESS_DENIED_AND_STALE {
      @Override
      void bringAbout(VirtualOperator operator) {
        operator.cloud.fails(FailureReason.ACCESS_DENIED);
        operator.runFor(Duration.ofHours(2));
      }
    },
    AUTHENTICATION_FAILED {
      @Override
      void bringAbout(VirtualOperator operator) {
        operator.cloud.fails(FailureReason.AUTHENTICATION_FAILED);
        operator.runFor(Duration.ofMinutes(20));
      }
    },
    INVALID_SPEC {
      @Override
      void bringAbout(VirtualOperator operator) {
        operator.changeSpec("prod", new SpecDraft().projectId("not/an/id"));
        operator.runFor(Duration.ofMinutes(20));
      }
    },
    SECRET_NOT_FOUND {
      @Override
      void bringAbout(VirtualOperator operator) {
        operator.changeSpec("prod", new SpecDraft().secret("cloud"));
        operator.runFor(Duration.ofMinutes(20));
      }
    },
    INCOMPLETE {
      @Override
      void bringAbout(VirtualOperator operator) {
        operator.cloud.shows("s-1");
        operator.cloud.isIncomplete("total_count is 12, but the pages held 1 service");
        operator.runFor(Duration.ofMinutes(20));
      }
    },
    PRUNE_BLOCKED {
      @Override
      void bringAbout(VirtualOperator operator) {
        operator.cloud.shows();
        operator.runFor(Duration.ofMinutes(2));
      }
    },
    SUSPENDED {
      @Override
      void bringAbout(VirtualOperator operator) {
        operator.changeSpec("prod", new SpecDraft().suspend(true));
        operator.runFor(Duration.ofMinutes(20));
      }
    },
    REQUEST_HANDLED {
      @Override
      void bringAbout(VirtualOperator operator) {
        operator.annotate("prod", Labels.REQUESTED_AT, "17");
        operator.runFor(Duration.ZERO);
      }
    };

    abstract void bringAbout(VirtualOperator operator);
  }

  @ParameterizedTest
  @EnumSource
  void changesNothing(Situation situation) {
    operator.cloud.showsMany(12);
    operator.sync("prod", new SpecDraft());
    situation.bringAbout(operator);
    VpcEndpointProjectStatus status = operator.status("prod");
    Map<String, VpcEndpointService> services = operator.services();
    long statusWrites = operator.statusWrites();
    long serviceWrites = operator.serviceWrites();
    operator.events.clear();

    operator.restart();
    operator.runFor(Duration.ofSeconds(60));

    assertThat(operator.status("prod")).isEqualTo(status);
    assertThat(operator.services()).isEqualTo(services);
    assertThat(operator.statusWrites()).isEqualTo(statusWrites);
    assertThat(operator.serviceWrites()).isEqualTo(serviceWrites);
    assertThat(operator.events.reasons()).isEmpty();
  }

  @Test
  void leavesAConflictAsItIs() {
    operator.cloud.shows("a");
    operator.sync("first", new SpecDraft());
    operator.sync("second", new SpecDraft());
    long writes = operator.serviceWrites() + operator.statusWrites();

    operator.restart();
    operator.runFor(Duration.ofMinutes(4));

    assertThat(operator.status("second")).isStalled("Conflict");
    assertThat(operator.serviceWrites() + operator.statusWrites()).isEqualTo(writes);
  }

  @Test
  void finishesTheFirstSyncThatAFormerProcessBegan() {
    operator.cloud.shows("a");
    operator.create("prod", new SpecDraft());
    operator.cloud.during(
        () -> {
          throw new IllegalStateException("the process ends here");
        });
    assertThatThrownBy(() -> operator.turn("prod")).isInstanceOf(IllegalStateException.class);
    assertThat(operator.status("prod")).hasReady("Unknown", "Syncing", "Reconciling");
    operator.cloud.during(() -> {});

    operator.restart();
    operator.runFor(Duration.ZERO);

    assertThat(operator.status("prod")).isSynced();
  }

  @Test
  void neverUsesAConfirmationAgain() {
    operator.cloud.showsMany(12);
    operator.sync("prod", new SpecDraft());
    operator.annotate("prod", Labels.CONFIRM_PRUNE, "12");
    operator.cloud.shows();
    operator.runFor(Duration.ofMinutes(2));
    assertThat(operator.services()).isEmpty();
    operator.cloud.showsMany(12);
    operator.runFor(Duration.ofMinutes(1));

    operator.restart();
    operator.cloud.shows();
    operator.runFor(Duration.ofMinutes(5));

    assertThat(operator.services()).hasSize(12);
    assertThat(operator.status("prod")).isStalled("PruneBlocked");
  }

  @Test
  void turnsServicesStaleThoughTheListingsFailedBeforeAndAfter() {
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft());
    operator.cloud.fails(FailureReason.SERVER_ERROR);
    operator.runFor(Duration.ofMinutes(20));

    operator.restart();
    operator.runFor(Duration.ofMinutes(10));

    assertThat(operator.phase("a")).isEqualTo("Stale");
  }

  @Test
  void tellsOfAFailureThatIsNew() {
    operator.sync("prod", new SpecDraft());
    operator.cloud.fails(FailureReason.SERVER_ERROR);
    operator.runFor(Duration.ofMinutes(1));
    operator.events.clear();
    operator.cloud.fails(FailureReason.ACCESS_DENIED);

    operator.restart();
    operator.runFor(Duration.ZERO);

    assertThat(operator.events.reasons()).containsExactly("AccessDenied");
  }
}
