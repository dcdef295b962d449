package io.vpcep.operator.controller;

import static io.vpcep.operator.controller.ProjectStatusAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.EndpointService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not empty a mirror, though complete listings show nothing any more. */
class GuardTest {
  private static final Duration LONG = Duration.ofHours(3);

  private final VirtualOperator operator = new VirtualOperator();

  @AfterEach
  void stop() {
    operator.close();
  }

  private void mirrorTwelve(SpecDraft spec) {
    operator.cloud.showsMany(12);
    operator.sync("prod", spec);
  }

  private void block() {
    mirrorTwelve(new SpecDraft());
    operator.cloud.shows();
    operator.runFor(Duration.ofMinutes(2));
    assertThat(operator.status("prod")).isStalled("PruneBlocked");
  }

  private long deletions() {
    return operator.cluster.count(GuardTest::isDeletion);
  }

  private static boolean isDeletion(String request) {
    return request.startsWith("DELETE ") && MockCluster.isServiceWrite(request);
  }

  @Test
  void emptyFirstAnswerOfAFreshStartPrunesNothing() {
    operator.cloud.shows("a", "b", "c");
    operator.sync("prod", new SpecDraft());
    operator.restart();
    operator.cloud.shows();
    operator.annotate("prod", Labels.REQUESTED_AT, "now");
    operator.runFor(Duration.ZERO);
    assertThat(operator.phase("a")).isEqualTo("NotFound");
    operator.cloud.shows("a", "b", "c");

    operator.runFor(LONG);

    assertThat(deletions()).isZero();
    assertThat(operator.phase("a")).isEqualTo("Available");
    assertThat(operator.status("prod")).isSynced();
  }

  @Test
  void emptyAnswersSinceAFreshStartAreBlocked() {
    mirrorTwelve(new SpecDraft());
    operator.restart();
    operator.cloud.shows();

    operator.runFor(LONG);

    assertThat(operator.services()).hasSize(12);
    assertThat(operator.status("prod")).isStalled("PruneBlocked");
  }

  @Test
  void credentialThatSuddenlySeesNothingIsBlocked() {
    operator.putSecret("cloud", Map.of("token", "sees-everything"));
    mirrorTwelve(new SpecDraft().secret("cloud"));
    operator.putSecret("cloud", Map.of("token", "sees-nothing"));
    operator.cloud.shows();

    operator.runFor(LONG);

    assertThat(operator.services()).hasSize(12);
    assertThat(operator.status("prod")).isStalled("PruneBlocked");
  }

  static Stream<Arguments> changesOfWhatIsListed() {
    return Stream.of(
        Arguments.of("project id", new SpecDraft().projectId("p2"), "NotFound"),
        Arguments.of("endpoint", new SpecDraft().endpoint("https://b.example.com"), "NotFound"),
        Arguments.of("filter", new SpecDraft().status("failed"), "OutOfScope"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changesOfWhatIsListed")
  void anotherListingIsBlocked(String changed, SpecDraft spec, String phase) {
    mirrorTwelve(new SpecDraft());
    Map<String, VpcEndpointService> mirrored = operator.services();
    operator.changeSpec("prod", spec);
    operator.cloud.shows();
    operator.cloud.hides(
        phase.equals("NotFound")
            ? new EndpointService[0]
            : mirrored.keySet().stream()
                .map(id -> ScriptedCloud.service(id, "available"))
                .toArray(EndpointService[]::new));

    operator.runFor(LONG);

    assertThat(operator.services()).hasSize(12);
    assertThat(operator.status("prod")).isStalled("PruneBlocked");
    assertThat(operator.phase("s-7")).isEqualTo(phase);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changesOfWhatIsListed")
  void missesOfTheFormerListingDoNotCountForAnother(String changed, SpecDraft spec, String phase) {
    operator.cloud.shows("a", "b");
    operator.sync("prod", new SpecDraft());
    operator.cloud.shows("a");
    operator.runFor(Duration.ofMinutes(1));

    operator.changeSpec("prod", spec);
    operator.runFor(Duration.ZERO);

    assertThat(operator.services()).containsOnlyKeys("a", "b");
    operator.runFor(Duration.ofMinutes(1));
    assertThat(operator.services()).containsOnlyKeys("a");
  }

  @Test
  void confirmationReleasesOnePruneAndNeverTwo() {
    block();
    operator.annotate("prod", Labels.CONFIRM_PRUNE, "12");
    operator.runFor(Duration.ZERO);
    assertThat(deletions()).isEqualTo(12);
    operator.cloud.showsMany(12);
    operator.runFor(Duration.ofMinutes(1));
    operator.cloud.shows();
    operator.runFor(LONG);

    operator.restart();
    operator.runFor(LONG);

    assertThat(deletions()).isEqualTo(12);
    assertThat(operator.services()).hasSize(12);
    assertThat(operator.status("prod")).isStalled("PruneBlocked");
  }

  @Test
  void confirmationReleasesNoMoreThanItsNumberThoughMoreWentMeanwhile() {
    operator.cloud.showsMany(14);
    operator.sync("prod", new SpecDraft());
    operator.cloud.shows("s-0", "s-1");
    operator.runFor(Duration.ofMinutes(2));
    operator.cloud.shows();
    operator.runFor(Duration.ofMinutes(2));

    operator.annotate("prod", Labels.CONFIRM_PRUNE, "12");
    operator.runFor(LONG);

    assertThat(operator.services()).hasSize(14);
    assertThat(operator.status("prod").lastConfirmedPrune()).isNull();
  }

  @Test
  void confirmationIsUsedUpByACrashBeforeTheFirstDeletion() {
    block();
    operator.annotate("prod", Labels.CONFIRM_PRUNE, "12");
    // The process ends once the confirmation is on record: nothing is deleted any more.
    operator.cluster.failOn(GuardTest::isDeletion);
    operator.runFor(Duration.ZERO);
    assertThat(operator.status("prod").lastConfirmedPrune()).isEqualTo("12");
    operator.cluster.failNothing();

    operator.restart();
    operator.runFor(LONG);

    assertThat(operator.services()).hasSize(12);
    assertThat(operator.status("prod")).isStalled("PruneBlocked");
    operator.annotate("prod", Labels.CONFIRM_PRUNE, "0012");
    operator.runFor(Duration.ZERO);
    assertThat(operator.services()).isEmpty();
  }

  @Test
  void confirmationIsUsedUpThoughTheClusterRefusedTheDeletions() {
    block();
    operator.annotate("prod", Labels.CONFIRM_PRUNE, "12");
    operator.cluster.failOn(GuardTest::isDeletion);
    operator.runFor(Duration.ZERO);
    assertThat(operator.status("prod")).isRetrying("WriteFailed");
    operator.cluster.failNothing();

    operator.runFor(LONG);

    assertThat(operator.services()).hasSize(12);
    assertThat(operator.status("prod")).isStalled("PruneBlocked");
  }

  @Test
  void aConfirmationGivenBetweenTwoProcessesWaitsForTheSecondListing() {
    block();
    operator.restart();
    operator.annotate("prod", Labels.CONFIRM_PRUNE, "12");
    operator.runFor(Duration.ZERO);
    assertThat(operator.services()).hasSize(12);
    assertThat(operator.status("prod").lastConfirmedPrune()).isNull();

    operator.runFor(Duration.ofMinutes(2));

    assertThat(operator.services()).isEmpty();
    assertThat(operator.status("prod").lastConfirmedPrune()).isEqualTo("12");
  }

  @Test
  void aRestartedProcessCountsForItself() {
    operator.cloud.shows("a", "b");
    operator.sync("prod", new SpecDraft());
    operator.cloud.shows("a");
    operator.runFor(Duration.ofMinutes(1));
    assertThat(operator.phase("b")).isEqualTo("NotFound");
    operator.restart();

    operator.annotate("prod", Labels.REQUESTED_AT, "now");
    operator.runFor(Duration.ZERO);

    assertThat(operator.services()).containsKeys("a", "b");
    operator.annotate("prod", Labels.REQUESTED_AT, "again");
    operator.runFor(Duration.ZERO);
    assertThat(operator.services()).containsOnlyKeys("a");
  }

  @Test
  void aRestartedProcessNeedsOneListingWhereOneIsEnough() {
    operator.cloud.shows("a", "b");
    operator.sync("prod", new SpecDraft().afterMisses(1));
    operator.restart();
    operator.cloud.shows("a");

    operator.annotate("prod", Labels.REQUESTED_AT, "now");
    operator.runFor(Duration.ZERO);

    assertThat(operator.services()).containsOnlyKeys("a");
  }

  @Test
  void whatTheGuardHeldBeforeARestartIsPrunedWhenMostOfItIsBack() {
    block();
    operator.restart();
    operator.cloud.showsMany(9);

    operator.runFor(Duration.ofMinutes(3));

    assertThat(operator.services()).hasSize(9);
    assertThat(operator.status("prod")).isSynced();
  }

  @Test
  void listingThatLacksWhatExistsIsReportedAndPrunesNothing() {
    operator.cloud.shows("a", "b");
    operator.sync("prod", new SpecDraft().afterMisses(1));
    operator.cloud.shows("a");
    operator.cloud.hides(ScriptedCloud.service("b", "available"));

    operator.runFor(LONG);

    assertThat(operator.services()).containsOnlyKeys("a", "b");
    assertThat(operator.status("prod")).isRetrying("IncompleteListing");
    assertThat(operator.ready("prod").message()).contains("b, which exists");
    assertThat(operator.phase("b")).isEqualTo("Available");
  }

  @Test
  void whatIsKeptSaysWhetherItIsGoneOrOutsideTheQuery() {
    operator.cloud.shows("gone", "failed", "stays");
    operator.sync("prod", new SpecDraft().status("available").orphan());
    operator.cloud.shows("stays");
    operator.cloud.hides(ScriptedCloud.service("failed", "failed"));

    operator.runFor(LONG);

    assertThat(operator.phase("gone")).isEqualTo("NotFound");
    assertThat(operator.phase("failed")).isEqualTo("OutOfScope");
    assertThat(operator.phase("stays")).isEqualTo("Available");
    assertThat(operator.status("prod")).isSynced();
  }

  @Test
  void whatTerminatesIsPrunedAndToldOnceAndCreatedAnewWhenItIsBack() {
    operator.cloud.shows("a", "b");
    operator.sync("prod", new SpecDraft());
    setFinalizers("b", List.of("example.org/keep"));
    operator.cloud.shows("a");
    operator.runFor(LONG);
    assertThat(deletions()).isEqualTo(1);
    assertThat(operator.events.of("Synced")).hasSize(3);
    long writes = operator.serviceWrites();
    operator.cloud.shows("a", "b");
    operator.runFor(LONG);
    assertThat(operator.serviceWrites()).isEqualTo(writes);

    setFinalizers("b", List.of());
    operator.runFor(Duration.ofMinutes(2));

    assertThat(operator.phase("b")).isEqualTo("Available");
    assertThat(operator.services().get("b").isMarkedForDeletion()).isFalse();
  }

  private void setFinalizers(String name, List<String> finalizers) {
    operator
        .client()
        .resources(VpcEndpointService.class)
        .inNamespace(VirtualOperator.NAMESPACE)
        .withName(name)
        .edit(
            service -> {
              service.getMetadata().setFinalizers(finalizers);
              return service;
            });
    operator.settle();
  }

  @Test
  void editOfAServiceThatIsGoneIsPutRightAtTheNextSync() {
    operator.cloud.shows("a");
    operator.sync("prod", new SpecDraft().orphan());
    operator.cloud.shows();
    operator.runFor(Duration.ofMinutes(5));
    VpcEndpointService before = operator.services().get("a");
    operator
        .client()
        .resources(VpcEndpointService.class)
        .inNamespace(VirtualOperator.NAMESPACE)
        .withName("a")
        .edit(
            service -> {
              service.getMetadata().getLabels().put(Labels.PROJECT, "other");
              return service;
            });
    operator.settle();

    operator.runFor(Duration.ofMinutes(1));

    VpcEndpointService after = operator.services().get("a");
    assertThat(after.getMetadata().getLabels()).isEqualTo(before.getMetadata().getLabels());
    assertThat(after.getStatus().observedGeneration())
        .isEqualTo(after.getMetadata().getGeneration());
    assertThat(operator.phase("a")).isEqualTo("NotFound");
    long writes = operator.serviceWrites();
    operator.runFor(LONG);
    assertThat(operator.serviceWrites()).isEqualTo(writes);
  }
}
