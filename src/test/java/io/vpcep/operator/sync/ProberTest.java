package io.vpcep.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vpcep.operator.sync.CredentialSource.Supplied;
import io.vpcep.operator.sync.Missing.Fate;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a complete listing lacks is asked for, before that is believed. */
class ProberTest {
  private static final ProjectIdentity PROJECT = TestProject.IDENTITY;
  private static final ServiceQuery EVERYTHING = ServiceQuery.everything(100);
  private static final ServiceQuery AVAILABLE =
      new ServiceQuery(null, null, "available", null, null, 100);
  private static final ServiceQuery NAMED = new ServiceQuery("shop", null, null, null, null, 100);

  private Instant now = Instant.parse("2026-11-22T10:00:00Z");
  private final FakeCatalog catalog = new FakeCatalog();
  private final FakeMirror mirror = new FakeMirror(() -> now);
  private final Synchronizer synchronizer = new Synchronizer(catalog, mirror, () -> now);
  private ServiceQuery query = EVERYTHING;
  private PruneRules rules = new PruneRules(true, 2, 100);
  private Map<String, Missing> misses = Map.of();

  private SyncTask task() {
    ProjectSettings settings =
        new ProjectSettings(
            URI.create("https://vpcep.example.com"),
            "p1",
            query,
            rules,
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            Duration.ofMinutes(30),
            "digest");
    Supplied supplied = new Supplied(new Credentials.Token("t"), "pem", "1");
    return new SyncTask(PROJECT, settings, supplied, misses, null);
  }

  private SyncResult sync() throws SyncFailure, InterruptedException {
    SyncResult result = synchronizer.sync(task(), confirmation -> false);
    misses = result.plan().misses();
    now = now.plusSeconds(60);
    return result;
  }

  private void mirror(int services) throws SyncFailure, InterruptedException {
    catalog.shows(TestProject.range(0, services));
    sync();
  }

  private String phase(String name) {
    return mirror.read("network", name).getStatus().conditions().get(0).reason();
  }

  private List<String> probedIds() {
    return catalog.probes().stream().map(request -> request.query().id()).toList();
  }

  @Test
  void asksForTheVeryServiceAndNothingElse() throws SyncFailure, InterruptedException {
    query = new ServiceQuery("shop", null, "available", "created_at", "asc", 77);
    mirror(1);
    catalog.shows();

    sync();

    assertThat(catalog.probes())
        .containsExactly(
            new ListingRequest(
                PROJECT.uid(),
                URI.create("https://vpcep.example.com"),
                "p1",
                new Credentials.Token("t"),
                "pem",
                new ServiceQuery(null, "s-0", null, null, null, 77),
                Duration.ofSeconds(5)));
  }

  @Test
  void asksNothingWhileNothingIsMissing() throws SyncFailure, InterruptedException {
    mirror(3);

    sync();

    assertThat(catalog.probes()).isEmpty();
  }

  @Test
  void asksOnceForWhatIsGone() throws SyncFailure, InterruptedException {
    rules = new PruneRules(true, 4, 100);
    mirror(3);
    catalog.shows(TestProject.range(1, 3));

    for (int i = 0; i < 4; i++) {
      sync();
    }

    assertThat(probedIds()).containsExactly("s-0");
    assertThat(mirror.list("network")).hasSize(2);
  }

  @Test
  void saysOfAnIncompleteListingNothingThatHasToBeAskedFor()
      throws SyncFailure, InterruptedException {
    mirror(3);
    catalog.showsIncomplete("a page was lost", List.of());

    sync();

    assertThat(catalog.probes()).isEmpty();
  }

  @Test
  void tellsWhatIsGoneFromWhatTheQueryLeavesOut() throws SyncFailure, InterruptedException {
    query = AVAILABLE;
    mirror(2);
    catalog.shows();
    catalog.hides(EndpointServiceBuilder.available("s-1").status("failed").build());

    sync();

    assertThat(phase("s-0")).isEqualTo("NotFound");
    assertThat(phase("s-1")).isEqualTo("OutOfScope");
  }

  @Test
  void prunesWhatTheQueryLeavesOutLikeWhatIsGone() throws SyncFailure, InterruptedException {
    query = NAMED;
    mirror(2);
    catalog.shows();
    catalog.hides(EndpointServiceBuilder.available("s-1").serviceName("renamed").build());

    sync();
    SyncResult second = sync();

    assertThat(second.report().pruned()).isEqualTo(2);
  }

  @Test
  void claimsOfAFilteredListingOnlyWhatItKnows() throws SyncFailure, InterruptedException {
    query = AVAILABLE;
    mirror(12);
    catalog.shows();

    sync();

    assertThat(catalog.probes()).hasSize(5);
    assertThat(mirror.list("network"))
        .allSatisfy(
            service -> {
              String name = service.getMetadata().getName();
              assertThat(phase(name))
                  .isEqualTo(probedIds().contains(name) ? "NotFound" : "OutOfScope");
            });
  }

  @Test
  void takesAListingThatLacksWhatItHasToShowForIncomplete()
      throws SyncFailure, InterruptedException {
    rules = new PruneRules(true, 1, 100);
    mirror(3);
    catalog.shows();
    catalog.hides(EndpointServiceBuilder.available("s-1").connectionCount(77L).build());

    SyncResult result = sync();

    assertThat(result.report().pruned()).isZero();
    assertThat(result.isCompleteAndWritten()).isFalse();
    assertThat(result.plan().misses()).isEmpty();
    SyncFailure failure = result.failure().orElseThrow();
    assertThat(failure.reason()).isEqualTo(FailureReason.INCOMPLETE_LISTING);
    assertThat(failure).hasMessageContaining("s-1").hasMessageContaining("nothing was pruned");
    assertThat(mirror.list("network")).hasSize(3);
    assertThat(phase("s-0")).isEqualTo("Available");
    assertThat(mirror.read("network", "s-1").getStatus().connectionCount()).isEqualTo(77);
  }

  @Test
  void aLieCountsNoMissAndForgetsNone() throws SyncFailure, InterruptedException {
    mirror(3);
    catalog.shows(TestProject.range(1, 3));
    sync();
    catalog.shows(TestProject.range(2, 3));
    catalog.hides(EndpointServiceBuilder.available("s-1").build());

    SyncResult lie = sync();

    assertThat(lie.plan().misses()).containsOnlyKeys("s-0");
    assertThat(lie.plan().misses().get("s-0").listings()).isEqualTo(1);
    catalog.hidesNothing();
    catalog.shows(TestProject.range(1, 3));
    assertThat(sync().report().pruned()).isEqualTo(1);
  }

  @Test
  void believesAnotherStatusButNotTheOneThatTheQueryAsksFor()
      throws SyncFailure, InterruptedException {
    query = AVAILABLE;
    mirror(1);
    catalog.shows();
    catalog.hides(EndpointServiceBuilder.available("s-0").status("Available").build());

    SyncResult result = sync();

    assertThat(result.failure().orElseThrow().reason()).isEqualTo(FailureReason.INCOMPLETE_LISTING);
    assertThat(phase("s-0")).isEqualTo("Available");
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureReason.class,
      names = {"THROTTLED", "SERVER_ERROR", "ENDPOINT_UNREACHABLE", "REJECTED", "ACCESS_DENIED"})
  void aQuestionThatFailsChangesNothingAndIsTheLastOne(FailureReason reason)
      throws SyncFailure, InterruptedException {
    mirror(4);
    catalog.shows();
    catalog.failsProbes(new SyncFailure(reason, "no"));

    SyncResult first = sync();
    SyncResult second = sync();

    assertThat(first.failure()).isEmpty();
    assertThat(catalog.probes()).hasSize(2);
    assertThat(second.report().pruned()).isEqualTo(4);
  }

  @Test
  void keepsWhatItFoundOutBeforeAQuestionFailed() throws SyncFailure, InterruptedException {
    rules = new PruneRules(true, 1, 100);
    mirror(5);
    catalog.shows();
    TestProject.range(0, 5).forEach(catalog::hides);
    catalog.duringProbes(
        () ->
            catalog.failsProbes(
                catalog.probes().size() > 1
                    ? new SyncFailure(FailureReason.THROTTLED, "no")
                    : null));

    SyncResult result = sync();

    assertThat(catalog.probes()).hasSize(2);
    assertThat(result.report().pruned()).isZero();
    assertThat(result.failure().orElseThrow().reason()).isEqualTo(FailureReason.INCOMPLETE_LISTING);
  }

  @Test
  void asksOnlyAsLongAsTheTimeOfTheListingLasts() throws SyncFailure, InterruptedException {
    mirror(5);
    catalog.shows();
    catalog.duringProbes(() -> now = now.plusSeconds(13));

    SyncResult result = sync();

    assertThat(catalog.probes())
        .extracting(ListingRequest::timeout)
        .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(4));
    assertThat(result.failure()).isEmpty();
  }

  @Test
  void asksForAllInTurn() throws SyncFailure, InterruptedException {
    rules = new PruneRules(false, 2, 100);
    mirror(23);
    catalog.shows();
    Set<String> asked = new HashSet<>();
    List<Integer> questions = new ArrayList<>();

    for (int i = 0; i < 6; i++) {
      int before = catalog.probes().size();
      sync();
      questions.add(catalog.probes().size() - before);
      asked.addAll(probedIds());
    }

    assertThat(questions).containsExactly(5, 5, 5, 5, 3, 0);
    assertThat(asked).hasSize(23);
  }

  @Test
  void asksFirstForWhatIsToBePrunedFirst() throws SyncFailure, InterruptedException {
    rules = new PruneRules(true, 3, 100);
    mirror(30);
    catalog.failsProbes(new SyncFailure(FailureReason.THROTTLED, "no"));
    catalog.shows(TestProject.range(3, 30));
    sync();
    catalog.shows(TestProject.range(20, 30));
    sync();
    catalog.failsProbes(null);
    int before = probedIds().size();

    sync();

    assertThat(probedIds().subList(before, before + 3))
        .containsExactlyInAnyOrder("s-0", "s-1", "s-2");
  }

  @Test
  void asksInAnotherOrderEachTime() throws SyncFailure, InterruptedException {
    Set<List<String>> orders = new HashSet<>();

    for (int i = 0; i < 4; i++) {
      misses = Map.of();
      mirror(12);
      catalog.shows();
      int before = probedIds().size();
      sync();
      orders.add(probedIds().subList(before, before + 5));
    }

    assertThat(orders).hasSizeGreaterThan(1);
  }

  @Test
  void findsOutWhenWhatIsKeptOutsideTheQueryGoes() throws SyncFailure, InterruptedException {
    rules = new PruneRules(false, 2, 100);
    query = AVAILABLE;
    mirror(2);
    catalog.shows();
    catalog.hides(EndpointServiceBuilder.available("s-0").status("failed").build());
    catalog.hides(EndpointServiceBuilder.available("s-1").status("failed").build());
    sync();
    assertThat(List.of(phase("s-0"), phase("s-1"))).containsOnly("OutOfScope");
    catalog.hidesNothing();

    sync();
    sync();
    sync();

    assertThat(List.of(phase("s-0"), phase("s-1"))).containsOnly("NotFound");
    assertThat(catalog.probes()).hasSize(4);
  }

  @Test
  void believesNoAnswerThatProvesNothing() throws SyncFailure, InterruptedException {
    EndpointServiceCatalog vague =
        (request, recognizer) ->
            request.query().id() == null
                ? catalog.list(request)
                : TestProject.incomplete(List.of(EndpointServiceBuilder.available("x").build()));
    query = AVAILABLE;
    mirror(1);
    catalog.shows();

    Evidence evidence = evidence(vague);

    assertThat(evidence.missing().get("s-0").fate()).isEqualTo(Fate.UNKNOWN);
  }

  @Test
  void takesOnlyTheVeryIdForAnAnswer() throws SyncFailure, InterruptedException {
    EndpointServiceCatalog careless =
        (request, recognizer) ->
            TestProject.complete(
                request.query().id() == null
                    ? List.of()
                    : List.of(
                        EndpointServiceBuilder.available("S-0").build(),
                        EndpointServiceBuilder.available("s-00").build()));
    mirror(1);

    Evidence evidence = evidence(careless);

    assertThat(evidence.missing().get("s-0").fate()).isEqualTo(Fate.GONE);
    assertThat(evidence.snapshot().isComplete()).isTrue();
  }

  private Evidence evidence(EndpointServiceCatalog cloud) throws SyncFailure, InterruptedException {
    SyncTask task = task();
    List<MirroredService> before = List.copyOf(mirror.ownedBy(PROJECT));
    Evidence listed = Evidence.of(cloud.list(task.listing()), before, Map.of());
    return new Prober(cloud, () -> now).check(task, listed, before, now.plusSeconds(30));
  }

  @Test
  void asksNotForAnIdThatItDoesNotKnow() throws SyncFailure, InterruptedException {
    catalog.shows(EndpointServiceBuilder.available("No Name At All").build());
    sync();
    catalog.shows();

    sync();
    SyncResult second = sync();

    assertThat(catalog.probes()).isEmpty();
    assertThat(second.report().pruned()).isEqualTo(1);
  }

  @Test
  void endsWhenInterruptedWhileItAsks() throws SyncFailure, InterruptedException {
    mirror(1);
    catalog.shows();
    catalog.duringProbes(() -> Thread.currentThread().interrupt());
    rules = new PruneRules(true, 1, 100);

    assertThatThrownBy(this::sync).isInstanceOf(InterruptedException.class);

    assertThat(mirror.list("network")).hasSize(1);
  }

  @Test
  void countsNoMissOfWhatWasMirroredWhileTheListingWasRead()
      throws SyncFailure, InterruptedException {
    rules = new PruneRules(true, 1, 100);
    mirror(1);
    var newcomer = mirror.read("network", "s-0");
    newcomer.getMetadata().setName("newcomer");
    EndpointServiceCatalog slow =
        (request, recognizer) -> {
          if (request.query().id() == null) {
            mirror.createdByOthers(newcomer);
          }
          return catalog.list(request, recognizer);
        };
    Synchronizer beside = new Synchronizer(slow, mirror, () -> now);

    SyncResult result = beside.sync(task(), confirmation -> false);

    assertThat(result.plan().misses()).isEmpty();
    assertThat(mirror.list("network")).hasSize(2);
  }
}
