package io.vpcep.operator.controller;

import static io.vpcep.operator.controller.ProjectStatusAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a project does when the cluster refuses writes or was changed by others. */
class StatusTroubleTest {
  private final VirtualOperator operator = new VirtualOperator();

  @AfterEach
  void stop() {
    operator.close();
  }

  @Test
  void listsNoMoreOftenWhileItsStatusCannotBeWritten() {
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft());
    operator.cluster.failOn(MockCluster::isStatusWriteOfProject);
    operator.changeSpec("prod", new SpecDraft().interval("5m"));
    operator.annotate("prod", Labels.REQUESTED_AT, "17");
    int before = operator.cloud.listings();

    operator.runFor(Duration.ofSeconds(289));

    assertThat(operator.cloud.listings()).isEqualTo(before + 1);
    operator.cluster.failNothing();
    operator.runFor(Duration.ofSeconds(10));
    assertThat(operator.status("prod")).isSynced();
    assertThat(operator.status("prod").observedGeneration()).isEqualTo(2);
    assertThat(operator.status("prod").lastHandledRequest()).isEqualTo("17");
    assertThat(operator.status("prod").lastSyncTime()).isEqualTo("2026-11-22T10:00:00Z");
  }

  @Test
  void catchesUpWithAStatusThatAnotherWriterChanged() {
    operator.cloud.shows("a");
    operator.create("prod", new SpecDraft());
    operator.turn("prod");
    operator.cloud.shows("a", "b");
    operator.beforeNextStatusWrite(
        () -> {
          var other = operator.project("prod");
          other.setStatus(VpcEndpointProjectStatus.empty());
          operator.client().resource(other).updateStatus();
        });

    operator.runFor(Duration.ofSeconds(70));

    assertThat(operator.cloud.listings()).isEqualTo(2);
    assertThat(operator.status("prod")).isSynced();
    assertThat(operator.status("prod").services().total()).isEqualTo(2);
  }

  @Test
  void believesTheClusterAgainAfterItWasRestoredFromABackup() {
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft());
    var backup = operator.project("prod");
    operator.runFor(Duration.ofMinutes(6));
    backup.getMetadata().setResourceVersion(null);
    operator.client().resource(backup).update();
    operator.client().resource(backup).updateStatus();

    operator.runFor(Duration.ofMinutes(6));

    assertThat(operator.status("prod").lastSyncTime()).isGreaterThan("2026-11-22T10:06:00Z");
  }

  @Test
  void saysWhichWriteTheClusterRefusedAndCatchesUp() {
    operator.cluster.failOn(
        line ->
            line.startsWith("POST ")
                && line.contains("/network/")
                && line.contains("/vpcendpointservices"));
    operator.cloud.shows("a", "b");
    operator.sync("prod", new SpecDraft());
    assertThat(operator.status("prod")).isRetrying("WriteFailed");
    assertThat(operator.ready("prod").message()).contains("and 1 more").contains("500");
    operator.cluster.failNothing();

    operator.runFor(Duration.ofMinutes(1));

    assertThat(operator.status("prod")).isSynced();
    assertThat(operator.services()).containsOnlyKeys("a", "b");
  }
}
