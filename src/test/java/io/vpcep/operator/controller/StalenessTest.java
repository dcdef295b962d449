package io.vpcep.operator.controller;

import static io.vpcep.operator.controller.ProjectStatusAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.FailureReason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of services that were not listed for long. */
class StalenessTest {
  private final VirtualOperator operator = new VirtualOperator();

  @AfterEach
  void stop() {
    operator.close();
  }

  @Test
  void marksServicesStaleOnceAndBackAfterRecovery() {
    operator.cloud.shows("a", "b");
    operator.sync("prod", new SpecDraft());
    operator.cloud.fails(FailureReason.SERVER_ERROR);
    operator.runFor(Duration.ofSeconds(1799));
    assertThat(operator.phase("a")).isEqualTo("Available");
    long before = operator.serviceWrites();

    operator.runFor(Duration.ofSeconds(1));

    assertThat(operator.phase("a")).isEqualTo("Stale");
    assertThat(operator.phase("b")).isEqualTo("Stale");
    assertThat(operator.status("prod").services().other()).isEqualTo(2);
    operator.runFor(Duration.ofHours(5));
    assertThat(operator.serviceWrites()).isEqualTo(before + 2);
    operator.cloud.recovers();
    operator.runFor(Duration.ofMinutes(5));
    assertThat(operator.phase("a")).isEqualTo("Available");
    assertThat(operator.serviceWrites()).isEqualTo(before + 4);
    assertThat(operator.status("prod").services().available()).isEqualTo(2);
    assertThat(operator.events.of("ServiceAvailable")).isEmpty();
  }

  @Test
  void keepsTheStatusOfStaleServicesButForTheConditions() {
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft().staleAfter("10m"));
    operator.cloud.fails(FailureReason.ACCESS_DENIED);

    operator.runFor(Duration.ofMinutes(10));

    VpcEndpointService stale = operator.services().get("a");
    assertThat(stale.getStatus().availability()).isEqualTo("available");
    assertThat(stale.getStatus().connectionCount()).isEqualTo(2);
    assertThat(stale.getStatus().conditions())
        .extracting(Condition::status)
        .containsExactly("Unknown");
  }
}
