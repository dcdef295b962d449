package io.vpcep.operator.controller;

import static io.vpcep.operator.controller.ProjectStatusAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Others write the services of a project at the very time it does: 409 for its writes. */
class OutrunTest {
  private final VirtualOperator operator = new VirtualOperator();

  @BeforeEach
  void syncOnce() {
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft().interval("1h").staleAfter("3h"));
  }

  @AfterEach
  void stop() {
    operator.close();
  }

  private void othersAreFaster() {
    operator.cluster.failOn(409, MockCluster::isServiceWrite);
    operator.cloud.shows("a", "b");
  }

  @Test
  void isNoSyncAndNoFailure() {
    VpcEndpointProjectStatus before = operator.status("prod");
    othersAreFaster();
    operator.runFor(Duration.ofHours(1));

    operator.annotate("prod", Labels.REQUESTED_AT, "17");
    operator.turn("prod");

    assertThat(operator.status("prod")).isEqualTo(before);
    assertThat(operator.events.reasons()).containsExactly("Synced");
  }

  @Test
  void isRepeatedWithinSeconds() {
    othersAreFaster();
    operator.runFor(Duration.ofHours(1));
    operator.cluster.failNothing();
    int listings = operator.cloud.listings();

    operator.runFor(Duration.ofSeconds(2));

    assertThat(operator.cloud.listings()).isEqualTo(listings + 1);
    assertThat(operator.services()).containsOnlyKeys("a", "b");
    assertThat(operator.status("prod")).isSynced();
    assertThat(operator.status("prod").lastSyncTime()).isEqualTo("2026-11-22T11:00:02Z");
  }

  @Test
  void isAFailureWhenItDoesNotEnd() {
    othersAreFaster();
    operator.runFor(Duration.ofHours(1));
    int listings = operator.cloud.listings();

    operator.runFor(Duration.ofMinutes(30));

    assertThat(operator.cloud.listings()).isEqualTo(listings + 3);
    assertThat(operator.status("prod")).isRetrying("WriteFailed");
    assertThat(operator.ready("prod").message()).contains("1 VpcEndpointServices", "409", "writer");
    assertThat(operator.status("prod").lastSyncTime()).isEqualTo("2026-11-22T10:00:00Z");
    operator.cluster.failNothing();
    operator.runFor(Duration.ofHours(1));
    assertThat(operator.status("prod")).isSynced();
  }
}
