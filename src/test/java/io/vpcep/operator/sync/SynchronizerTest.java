package io.vpcep.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.CredentialSource.Supplied;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SynchronizerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final ProjectIdentity PROJECT = new ProjectIdentity("network", "prod", "uid-1");
  private static final Credentials.Token TOKEN = new Credentials.Token("t");

  private final FakeCatalog catalog = new FakeCatalog();
  private final FakeMirror mirror = new FakeMirror(() -> NOW);
  private final Synchronizer synchronizer = new Synchronizer(catalog, mirror, () -> NOW);
  private final List<String> ledger = new ArrayList<>();

  @AfterEach
  void noInterruptIsLeftBehind() {
    assertThat(Thread.interrupted()).isFalse();
  }

  private static SyncTask task(Map<String, Missing> misses, String confirmation) {
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
    return new SyncTask(PROJECT, settings, new Supplied(TOKEN, "pem", "1"), misses, confirmation);
  }

  private SyncResult sync() throws SyncFailure, InterruptedException {
    return synchronizer.sync(task(Map.of(), null), value -> ledger.add(value));
  }

  /**
   * Twelve services are mirrored, and gone from the cloud so long that only the guard keeps them.
   */
  private Map<String, Missing> mirrorTwelveThatAreGone() throws SyncFailure, InterruptedException {
    catalog.shows(TestProject.range(0, 12));
    sync();
    catalog.shows();
    return sync().plan().misses();
  }

  @Test
  void asksTheCloudForWhatTheProjectSays() throws SyncFailure, InterruptedException {
    sync();

    assertThat(catalog.requests())
        .containsExactly(
            new ListingRequest(
                TestProject.IDENTITY.uid(),
                URI.create("https://vpcep.example.com"),
                "p1",
                TOKEN,
                "pem",
                ServiceQuery.everything(100),
                Duration.ofSeconds(30)));
  }

  @Test
  void mirrorsWhatTheCloudShows() throws SyncFailure, InterruptedException {
    catalog.shows(TestProject.range(0, 3));

    SyncResult result = sync();

    assertThat(result.report()).isEqualTo(new WriteReport(3, 0, 0, 0, List.of(), List.of()));
    assertThat(result.isCompleteAndWritten()).isTrue();
    assertThat(result.failure()).isEmpty();
    assertThat(mirror.list("network"))
        .extracting(service -> service.getStatus().serviceName())
        .containsExactly("name-s-0", "name-s-1", "name-s-2");
  }

  @Test
  void keepsMirrorWhenListingFails() throws SyncFailure, InterruptedException {
    catalog.shows(TestProject.range(0, 3));
    sync();
    List<VpcEndpointService> before = mirror.list("network");
    SyncFailure failure = new SyncFailure(FailureReason.SERVER_ERROR, "500");
    catalog.fails(failure);

    assertThatThrownBy(this::sync).isSameAs(failure);

    assertThat(mirror.list("network")).isEqualTo(before);
    assertThat(mirror.writes()).hasSize(3);
  }

  @Test
  void touchesNothingWhenInterrupted() {
    catalog.shows(TestProject.range(0, 3));
    Thread.currentThread().interrupt();

    assertThatThrownBy(this::sync).isInstanceOf(InterruptedException.class);

    assertThat(mirror.writes()).isEmpty();
  }

  @Test
  void confirmationIsOnRecordBeforeAnythingIsPruned() throws SyncFailure, InterruptedException {
    Map<String, Missing> misses = mirrorTwelveThatAreGone();

    SyncResult result =
        synchronizer.sync(
            task(misses, "12"),
            value -> {
              assertThat(mirror.list("network")).hasSize(12);
              return ledger.add(value);
            });

    assertThat(ledger).containsExactly("12");
    assertThat(result.report().pruned()).isEqualTo(12);
    assertThat(mirror.list("network")).isEmpty();
  }

  @Test
  void confirmationThatCannotBePutOnRecordIsNotUsed() throws SyncFailure, InterruptedException {
    Map<String, Missing> misses = mirrorTwelveThatAreGone();

    SyncResult result = synchronizer.sync(task(misses, "12"), value -> false);

    assertThat(result.plan().verdict()).isEqualTo(new PruneVerdict.Blocked(12, 6));
    assertThat(result.failure().orElseThrow().reason()).isEqualTo(FailureReason.PRUNE_BLOCKED);
    assertThat(mirror.list("network")).hasSize(12);
  }

  @Test
  void confirmationThatIsNotNeededIsNotPutOnRecord() throws SyncFailure, InterruptedException {
    catalog.shows(TestProject.range(0, 3));

    synchronizer.sync(task(Map.of(), "12"), value -> ledger.add(value));

    assertThat(ledger).isEmpty();
  }

  @Test
  void writesWhatItCanWhenTheClusterRefusesSome() throws SyncFailure, InterruptedException {
    catalog.shows(TestProject.range(0, 3));
    mirror.refuse("s-0", "403: forbidden");
    mirror.refuse("s-2", "403: forbidden");

    SyncResult result = sync();

    assertThat(result.report().created()).isEqualTo(1);
    assertThat(result.isCompleteAndWritten()).isFalse();
    assertThat(result.failure().orElseThrow().reason()).isEqualTo(FailureReason.WRITE_FAILED);
    assertThat(result.failure().orElseThrow())
        .hasMessageContaining("s-0 and 1 more could not be written: 403: forbidden");
  }

  @Test
  void saysThatAListingWasIncomplete() throws SyncFailure, InterruptedException {
    catalog.showsIncomplete("a page was lost", TestProject.range(0, 1));

    SyncResult result = sync();

    assertThat(result.failure().orElseThrow().reason()).isEqualTo(FailureReason.INCOMPLETE_LISTING);
    assertThat(result.failure().orElseThrow()).hasMessageEndingWith("a page was lost");
  }

  @Test
  void marksServicesStaleOnce() throws SyncFailure, InterruptedException {
    catalog.shows(TestProject.range(0, 3));
    sync();

    WriteReport first = synchronizer.markStale(PROJECT);
    WriteReport second = synchronizer.markStale(PROJECT);

    assertThat(first.updated()).isEqualTo(3);
    assertThat(second).isEqualTo(WriteReport.NOTHING);
    var status = mirror.read("network", "s-1").getStatus();
    assertThat(status.availability()).isEqualTo("available");
    assertThat(status.conditions()).hasSize(1);
    assertThat(status.conditions().get(0).status()).isEqualTo("Unknown");
    assertThat(status.conditions().get(0).reason()).isEqualTo("Stale");
  }

  @Test
  void staleServicesRecoverWithoutATransitionToTell() throws SyncFailure, InterruptedException {
    catalog.shows(TestProject.range(0, 3));
    sync();
    synchronizer.markStale(PROJECT);

    SyncResult result = sync();

    assertThat(result.plan().writes()).hasSize(3).allMatch(Write.UpdateStatus.class::isInstance);
    assertThat(result.plan().transitions()).isEmpty();
    assertThat(mirror.read("network", "s-1").getStatus().conditions().get(0).reason())
        .isEqualTo("Available");
  }

  @Test
  void countsWhatIsMirrored() throws SyncFailure, InterruptedException {
    List<EndpointService> services = new ArrayList<>();
    List<String> states =
        List.of("available", "Available", "creating", "failed", "deleting", "odd");
    IntStream.range(0, states.size())
        .forEach(
            i ->
                services.add(
                    EndpointServiceBuilder.bare("s-" + i)
                        .status(states.get(i))
                        .connectionCount(2L)
                        .build()));
    catalog.shows(services);
    sync();

    MirrorCounts counts = MirrorCounts.of(mirror.ownedBy(PROJECT));

    assertThat(counts.services().total()).isEqualTo(6);
    assertThat(counts.services().available()).isEqualTo(2);
    assertThat(counts.services().creating()).isEqualTo(1);
    assertThat(counts.services().failed()).isEqualTo(1);
    assertThat(counts.services().deleting()).isEqualTo(1);
    assertThat(counts.services().other()).isEqualTo(1);
    assertThat(counts.connections()).isEqualTo(12);
  }

  @Test
  void sumOfConnectionsStaysInRange() throws SyncFailure, InterruptedException {
    catalog.shows(
        EndpointServiceBuilder.bare("a").connectionCount(Long.MAX_VALUE).build(),
        EndpointServiceBuilder.bare("b").connectionCount(Long.MAX_VALUE).build(),
        EndpointServiceBuilder.bare("c").connectionCount(-7L).build(),
        EndpointServiceBuilder.bare("d").build());
    sync();

    MirrorCounts counts = MirrorCounts.of(mirror.ownedBy(PROJECT));

    assertThat(counts.connections()).isEqualTo(Long.MAX_VALUE);
  }
}
