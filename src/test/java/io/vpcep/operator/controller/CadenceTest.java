package io.vpcep.operator.controller;

import static io.vpcep.operator.controller.ProjectStatusAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.sync.FailureReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often a project is listed: its beat, what quickens it, and what a restart makes of it. */
class CadenceTest {
  private final VirtualOperator operator = new VirtualOperator();

  @AfterEach
  void stop() {
    operator.close();
  }

  private static SpecDraft fast() {
    return new SpecDraft().fastInterval("5s");
  }

  private long secondsUntilNext() {
    return operator.untilNext("prod").toSeconds();
  }

  @Test
  void listsFastAfterASyncThatChangedSomethingAndThenAtTheInterval() {
    operator.cloud.shows("a");

    operator.sync("prod", fast());

    assertThat(secondsUntilNext()).isEqualTo(5);
    operator.runFor(Duration.ofSeconds(5));
    assertThat(secondsUntilNext()).isEqualTo(60);
  }

  @Test
  void listsFastWhileAServiceIsCreatingOrDeleting() {
    for (String moving : List.of("creating", "deleting")) {
      operator.cloud.shows(List.of(ScriptedCloud.service("a", moving)));
      operator.sync(moving, fast());
      operator.runFor(Duration.ofMinutes(10));

      assertThat(operator.untilNext(moving)).as(moving).isLessThanOrEqualTo(Duration.ofSeconds(5));
      operator.delete(moving);
    }
  }

  @Test
  void listsAtTheIntervalWhereNothingWasAskedFor() {
    operator.cloud.shows(List.of(ScriptedCloud.service("a", "creating")));

    operator.sync("prod", new SpecDraft());

    assertThat(secondsUntilNext()).isEqualTo(60);
  }

  @Test
  void backsOffFromTheIntervalWhateverIsMoving() {
    operator.cloud.shows(List.of(ScriptedCloud.service("a", "creating")));
    operator.sync("prod", fast());
    operator.cloud.fails(FailureReason.SERVER_ERROR);

    operator.runFor(Duration.ofSeconds(5));

    assertThat(secondsUntilNext()).isEqualTo(60);
  }

  @Test
  void keepsTheBeatOverARestart() {
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft());
    operator.runFor(Duration.ofSeconds(90));
    int listings = operator.cloud.listings();

    operator.restart();
    operator.runFor(Duration.ofSeconds(29));
    assertThat(operator.cloud.listings()).isEqualTo(listings);
    operator.runFor(Duration.ofSeconds(1));

    assertThat(operator.cloud.listings()).isEqualTo(listings + 1);
  }

  @Test
  void keepsTheBeatThoughTheOperatorWasDownForHours() {
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft());
    operator.clock.advance(Duration.ofHours(3).plusSeconds(20));

    operator.restart();
    operator.runFor(Duration.ZERO);

    assertThat(secondsUntilNext()).isEqualTo(40);
  }

  @Test
  void listsAtOnceAfterARestartWhatWasChangedMeanwhile() {
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft());
    operator.changeSpec("prod", new SpecDraft().interval("2m"));

    operator.restart();
    operator.runFor(Duration.ZERO);

    assertThat(operator.status("prod")).isSynced();
    assertThat(operator.cloud.listings()).isEqualTo(2);
  }

  @Test
  void listsAtOnceAfterARestartWhatWasAskedForMeanwhile() {
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft());
    operator.annotate("prod", Labels.REQUESTED_AT, "1");

    operator.restart();
    operator.runFor(Duration.ZERO);

    assertThat(operator.cloud.listings()).isEqualTo(2);
  }

  @Test
  void measuresWhatItFindsBeforeItListsAgain() {
    operator.cloud.shows("a", "b");
    operator.sync("prod", new SpecDraft());
    operator.clock.advance(Duration.ofSeconds(20));
    operator.registry.clear();

    operator.restart();
    operator.runFor(Duration.ZERO);

    assertThat(operator.cloud.listings()).isEqualTo(1);
    assertThat(operator.registry.get("vpcep.connections").gauge().value()).isEqualTo(4);
    assertThat(operator.registry.get("vpcep.last.success.timestamp.seconds").gauge().value())
        .isEqualTo(operator.clock.instant().minusSeconds(20).getEpochSecond());
  }
}
