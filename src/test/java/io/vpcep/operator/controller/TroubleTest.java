package io.vpcep.operator.controller;

import static io.vpcep.operator.controller.ProjectStatusAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.FailureReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a project does when its cloud or its spec is in trouble. */
class TroubleTest {
  private final VirtualOperator operator = new VirtualOperator();

  @AfterEach
  void stop() {
    operator.close();
  }

  @ParameterizedTest
  @CsvSource({
    "THROTTLED, Reconciling, 60",
    "ENDPOINT_UNREACHABLE, Reconciling, 60",
    "SERVER_ERROR, Reconciling, 60",
    "INVALID_RESPONSE, Reconciling, 60",
    "INCOMPLETE_LISTING, Reconciling, 60",
    "AUTHENTICATION_FAILED, Reconciling, 60",
    "ACCESS_DENIED, Stalled, 900",
    "REJECTED, Stalled, 900",
    "ENDPOINT_NOT_ALLOWED, Stalled, 900",
  })
  void saysWhyAListingFailedOnceAndKeepsTheMirror(
      FailureReason reason, String companion, int seconds) {
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft());
    Map<String, VpcEndpointService> before = operator.services();
    long serviceWrites = operator.serviceWrites();
    operator.cloud.fails(reason);
    operator.runFor(Duration.ofMinutes(1));
    Instant failed = operator.cloud.lastListing();

    operator.runFor(Duration.ofSeconds(seconds));

    String constant = reason.constant();
    assertThat(operator.status("prod")).hasReady("False", constant, companion);
    assertThat(Duration.between(failed, operator.cloud.lastListing())).hasSeconds(seconds);
    assertThat(operator.events.of(constant))
        .singleElement()
        .satisfies(event -> assertThat(event.type()).isEqualTo("Warning"));
    assertThat(operator.services()).isEqualTo(before);
    assertThat(operator.serviceWrites()).isEqualTo(serviceWrites);
  }

  @ParameterizedTest
  @CsvSource({"THROTTLED, 240", "AUTHENTICATION_FAILED, 900", "ACCESS_DENIED, 900"})
  void triesMoreSeldomButForEver(FailureReason reason, int seconds) {
    operator.sync("prod", new SpecDraft());
    operator.cloud.fails(reason);
    operator.runFor(Duration.ofHours(2));
    int before = operator.cloud.listings();
    long writes = operator.statusWrites();

    operator.runFor(Duration.ofHours(10));

    assertThat(operator.cloud.listings() - before).isEqualTo(36_000 / seconds);
    assertThat(operator.statusWrites()).isEqualTo(writes);
  }

  @Test
  void waitsAsLongAsTheCloudAsksCountedFromItsAnswer() {
    operator.sync("prod", new SpecDraft());
    operator.cloud.failsAsking(FailureReason.THROTTLED, Duration.ofMinutes(20));
    operator.cloud.during(() -> operator.clock.advance(Duration.ofSeconds(7)));
    operator.runFor(Duration.ofSeconds(67));
    int before = operator.cloud.listings();

    operator.runFor(Duration.ofSeconds(1199));
    assertThat(operator.cloud.listings()).isEqualTo(before);
    operator.runFor(Duration.ofSeconds(1));

    assertThat(operator.cloud.listings()).isEqualTo(before + 1);
  }

  @Test
  void recoversAtTheNextListing() {
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft());
    operator.cloud.fails(FailureReason.SERVER_ERROR);
    operator.runFor(Duration.ofMinutes(1));
    operator.cloud.recovers();

    operator.runFor(Duration.ofMinutes(1));

    assertThat(operator.status("prod")).isSynced();
    assertThat(operator.ready("prod").lastTransitionTime()).isEqualTo("2026-11-22T10:02:00Z");
    assertThat(operator.untilNext("prod")).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void tellsEachChangeOfReason() {
    operator.sync("prod", new SpecDraft());
    operator.events.clear();
    operator.cloud.fails(FailureReason.SERVER_ERROR);
    operator.runFor(Duration.ofMinutes(10));
    operator.cloud.fails(FailureReason.ACCESS_DENIED);
    operator.runFor(Duration.ofMinutes(30));

    operator.cloud.fails(FailureReason.SERVER_ERROR);
    operator.runFor(Duration.ofMinutes(30));

    assertThat(operator.events.reasons())
        .containsExactly("ServerError", "AccessDenied", "ServerError");
    assertThat(operator.ready("prod").lastTransitionTime()).isEqualTo("2026-11-22T10:01:00Z");
  }

  @Test
  void slowsDownThoughTheReasonsOfTransientTroubleAlternate() {
    operator.sync("prod", new SpecDraft());
    FailureReason[] reasons = {FailureReason.SERVER_ERROR, FailureReason.ENDPOINT_UNREACHABLE};
    for (int turn = 0; turn < 6; turn++) {
      operator.cloud.fails(reasons[turn % 2]);
      int before = operator.cloud.listings();
      while (operator.cloud.listings() == before) {
        operator.runFor(Duration.ofSeconds(30));
      }
    }
    int before = operator.cloud.listings();

    operator.runFor(Duration.ofSeconds(209));

    assertThat(operator.cloud.listings()).isEqualTo(before);
  }

  @Test
  void changesTheMessageOfAReasonAfterTenMinutesAtTheEarliest() {
    operator.sync("prod", new SpecDraft());
    operator.cloud.fails(FailureReason.SERVER_ERROR, "request id 1");
    operator.runFor(Duration.ofMinutes(1));
    operator.cloud.fails(FailureReason.SERVER_ERROR, "request id 2");
    operator.runFor(Duration.ofMinutes(9));
    assertThat(operator.ready("prod").message()).isEqualTo("request id 1");

    operator.runFor(Duration.ofMinutes(5));

    assertThat(operator.ready("prod").message()).isEqualTo("request id 2");
    assertThat(operator.ready("prod").lastTransitionTime()).isEqualTo("2026-11-22T10:01:00Z");
    assertThat(operator.events.of("ServerError")).hasSize(1);
  }

  @Test
  void namesTheFieldOfASpecThatMakesNoSenseAndListsNothing() {
    operator.sync("prod", new SpecDraft().projectId("not/an/id"));

    operator.runFor(Duration.ofMinutes(14));

    assertThat(operator.status("prod")).isStalled("InvalidSpec");
    assertThat(operator.ready("prod").message()).contains("spec.projectId");
    assertThat(operator.cloud.listings()).isZero();
  }

  @Test
  void healsWhenTheSpecIsMended() {
    operator.sync("prod", new SpecDraft().projectId("not/an/id"));

    operator.changeSpec("prod", new SpecDraft());
    operator.runFor(Duration.ZERO);

    assertThat(operator.status("prod")).isSynced();
  }

  @Test
  void triesAtOnceWhenAskedToDuringBackOff() {
    operator.cloud.fails(FailureReason.AUTHENTICATION_FAILED);
    operator.sync("prod", new SpecDraft());
    operator.runFor(Duration.ofHours(2));
    operator.cloud.recovers();

    operator.annotate("prod", Labels.REQUESTED_AT, "now");
    operator.runFor(Duration.ZERO);

    assertThat(operator.status("prod")).isSynced();
  }

  @Test
  void mirrorsWhatAnIncompleteListingShowsAndPrunesNothing() {
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft());
    operator.cloud.shows("b");
    operator.cloud.isIncomplete("total_count is 2, but the pages held 1 service");

    operator.runFor(Duration.ofHours(3));

    assertThat(operator.services()).containsOnlyKeys("a", "b");
    VpcEndpointProjectStatus status = operator.status("prod");
    assertThat(status).isRetrying("IncompleteListing");
    assertThat(status.lastSyncTime()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(operator.phase("a")).isEqualTo("Available");
  }

  @Test
  void countsWhatHappened() {
    operator.cloud.shows(
        List.of(ScriptedCloud.service("a", "available"), ScriptedCloud.service("b", "failed")));
    operator.sync("prod", new SpecDraft());
    operator.cloud.fails(FailureReason.THROTTLED);

    operator.runFor(Duration.ofMinutes(1));

    assertThat(operator.registry.get("vpcep.sync").tag("result", "Synced").counter().count())
        .isEqualTo(1);
    assertThat(operator.registry.get("vpcep.sync").tag("result", "Throttled").counter().count())
        .isEqualTo(1);
    assertThat(
            operator.registry.get("vpcep.services").tag("availability", "failed").gauge().value())
        .isEqualTo(1);
    assertThat(operator.registry.get("vpcep.last.success.timestamp.seconds").gauge().value())
        .isEqualTo(Instant.parse("2026-11-22T10:00:00Z").getEpochSecond());
  }
}
