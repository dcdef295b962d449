package io.vpcep.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vpcep.operator.sync.CredentialSource.Supplied;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More changed than a listing may bring to be written, which is ten here. */
@Timeout(60)
class LargeSyncTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final ProjectIdentity PROJECT = new ProjectIdentity("network", "prod", "uid-1");
  private static final ProjectIdentity OTHER = new ProjectIdentity("network", "other", "uid-2");

  private final FakeCatalog catalog = new FakeCatalog();
  private final FakeMirror mirror = new FakeMirror(() -> NOW);
  private final Synchronizer synchronizer = new Synchronizer(catalog, mirror, () -> NOW, 10);

  private SyncResult sync(ProjectIdentity project, Map<String, Missing> misses)
      throws SyncFailure, InterruptedException {
    ProjectSettings settings =
        new ProjectSettings(
            URI.create("https://vpcep.example.com"),
            "p1",
            ServiceQuery.everything(100),
            new PruneRules(true, 2, 50),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            Duration.ofMinutes(30),
            "digest");
    Supplied credentials = new Supplied(new Credentials.Token("t"), "pem", "1");
    return synchronizer.sync(
        new SyncTask(project, settings, credentials, misses, null), value -> true);
  }

  private SyncResult sync() throws SyncFailure, InterruptedException {
    return sync(PROJECT, Map.of());
  }

  private static List<EndpointService> failed(List<EndpointService> services) {
    return services.stream()
        .map(service -> EndpointServiceBuilder.like(service).status("failed").build())
        .toList();
  }

  @Test
  void listsAgainForWhatIsLeft() throws SyncFailure, InterruptedException {
    catalog.shows(TestProject.range(0, 25));

    SyncResult result = sync();

    assertThat(catalog.requests()).hasSize(3);
    assertThat(result.report()).isEqualTo(new WriteReport(25, 0, 0, 0, List.of(), List.of()));
    assertThat(result.plan().unchanged()).isZero();
    assertThat(result.isCompleteAndWritten()).isTrue();
    assertThat(result.failure()).isEmpty();
    assertThat(mirror.list("network")).hasSize(25);
  }

  @Test
  void listsOnceWhatJustFits() throws SyncFailure, InterruptedException {
    catalog.shows(TestProject.range(0, 10));

    SyncResult result = sync();

    assertThat(catalog.requests()).hasSize(1);
    assertThat(result.isCompleteAndWritten()).isTrue();
  }

  @Test
  void tellsOfEveryTransition() throws SyncFailure, InterruptedException {
    catalog.shows(TestProject.range(0, 25));
    sync();
    catalog.shows(failed(TestProject.range(0, 25)));

    SyncResult result = sync();

    assertThat(result.plan().transitions())
        .hasSize(25)
        .extracting(SyncPlan.Transition::phase)
        .containsOnly(ServicePhase.FAILED);
  }

  @Test
  void countsOneMissHoweverOftenItLists() throws SyncFailure, InterruptedException {
    catalog.shows(TestProject.range(0, 4));
    sync();
    catalog.shows(TestProject.range(1, 35));

    SyncResult result = sync();

    assertThat(result.plan().misses()).containsOnlyKeys("s-0");
    assertThat(result.plan().misses().get("s-0").listings()).isEqualTo(1);
    assertThat(mirror.read("network", "s-0").getStatus().conditions().get(0).reason())
        .isEqualTo("NotFound");
  }

  @Test
  void prunesLast() throws SyncFailure, InterruptedException {
    catalog.shows(TestProject.range(0, 4));
    sync();
    catalog.shows(TestProject.range(1, 4));
    Map<String, Missing> misses = sync().plan().misses();
    catalog.shows(TestProject.range(1, 35));

    SyncResult result = sync(PROJECT, misses);

    assertThat(result.report().pruned()).isEqualTo(1);
    assertThat(mirror.writes().get(mirror.writes().size() - 1))
        .isInstanceOf(Write.Prune.class)
        .returns("s-0", Write::name);
    assertThat(mirror.list("network")).hasSize(34);
  }

  @Test
  void doesNotGoOnWhereAWriteFailed() throws SyncFailure, InterruptedException {
    catalog.shows(TestProject.range(0, 25));
    mirror.refuse("s-3", "500: no leader");

    SyncResult result = sync();

    assertThat(catalog.requests()).hasSize(1);
    assertThat(result.report().created()).isEqualTo(9);
    assertThat(result.isCompleteAndWritten()).isFalse();
    assertThat(result.failure().orElseThrow().reason()).isEqualTo(FailureReason.WRITE_FAILED);
  }

  @Test
  void doesNotGoOnWhereNothingGetsOn() throws SyncFailure, InterruptedException {
    catalog.shows(TestProject.range(0, 25));
    sync(OTHER, Map.of());
    mirror.seesNothing();

    SyncResult result = sync();

    assertThat(catalog.requests()).hasSize(3 + 1);
    assertThat(result.isCompleteAndWritten()).isFalse();
    assertThat(result.failure().orElseThrow())
        .hasMessageEndingWith(
            "more than 10 services changed, and 15 of them are mirrored by a later listing");
  }

  @Test
  void whatIsMirroredStaysSoWhenALaterListingFails() throws SyncFailure, InterruptedException {
    catalog.shows(TestProject.range(0, 25));
    SyncFailure failure = new SyncFailure(FailureReason.SERVER_ERROR, "500");
    catalog.failsAfterNext(failure);

    assertThatThrownBy(this::sync).isSameAs(failure);

    assertThat(mirror.list("network")).hasSize(10);
  }

  @Test
  void servicesOfOthersTakeNoPlace() throws SyncFailure, InterruptedException {
    catalog.shows(TestProject.range(0, 25));
    sync(OTHER, Map.of());
    catalog.shows(TestProject.range(0, 30));

    SyncResult result = sync();

    assertThat(catalog.requests()).hasSize(4);
    assertThat(result.report().created()).isEqualTo(5);
    assertThat(result.plan().conflicts()).hasSize(25);
    assertThat(result.plan().unchanged()).isZero();
    assertThat(result.isCompleteAndWritten()).isTrue();
    assertThat(result.failure().orElseThrow().reason()).isEqualTo(FailureReason.CONFLICT);
  }
}
