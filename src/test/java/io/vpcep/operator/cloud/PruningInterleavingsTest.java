package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.CredentialSource;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.EndpointService;
import io.vpcep.operator.sync.EndpointServiceCatalog;
import io.vpcep.operator.sync.FakeMirror;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.Missing;
import io.vpcep.operator.sync.ProjectIdentity;
import io.vpcep.operator.sync.ProjectSettings;
import io.vpcep.operator.sync.PruneRules;
import io.vpcep.operator.sync.Recognizer;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import io.vpcep.operator.sync.SyncResult;
import io.vpcep.operator.sync.SyncTask;
import io.vpcep.operator.sync.Synchronizer;
import io.vpcep.operator.sync.Write;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * A cloud that changes between any two pages, read by the real pager, planned and applied for real:
 * nothing that is there is ever pruned, and nothing stays for long that is gone.
 */
class PruningInterleavingsTest {
  private static final ProjectIdentity PROJECT = new ProjectIdentity("network", "prod", "uid-1");
  private static final int SYNCS = 12;

  private static long histories;
  private static long changes;
  private static long requests;
  private static long restarted;
  private static long incomplete;
  private static long prunes;

  @AfterContainer
  static void report() {
    System.out.printf(
        "Interleavings tried: %d, with %d changes before %d requests; %d listings read again,"
            + " %d incomplete, %d prunes%n",
        histories, changes, requests, restarted, incomplete, prunes);
  }

  @Property(tries = 500)
  void neverPrunesWhatIsThereAndKeepsNothingThatIsGone(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int pageSize,
      @ForAll @IntRange(min = 0, max = 9) int services,
      @ForAll @IntRange(min = 1, max = 3) int afterMisses,
      @ForAll boolean filtered)
      throws Exception {
    World world = new World(new Random(seed), pageSize, filtered, afterMisses);
    for (int i = 0; i < services; i++) {
      world.create();
    }
    for (int i = 0; i < SYNCS; i++) {
      // Some syncs are calm, some are not: of both kinds several may come in a row.
      world.chance = world.random.nextBoolean() ? 0 : world.random.nextDouble() * 0.7;
      world.sync();
    }
    world.chance = 0;

    for (int i = 0; i <= afterMisses; i++) {
      world.sync();
    }

    assertThat(world.mirrored()).containsExactlyInAnyOrderElementsOf(world.idsInQuery());
    histories++;
  }

  /** A cloud, its operator, and what is true. */
  private static final class World implements EndpointServiceCatalog {
    final Random random;
    double chance;
    private final int pageSize;
    private final ServiceQuery query;
    private final int afterMisses;
    private final List<EndpointService> services = new ArrayList<>();

    /** Number of the listing in which a service was last seen outside the query or absent. */
    private final Map<String, Integer> lastOutside = new HashMap<>();

    private final FakeMirror mirror = new FakeMirror(() -> Instant.EPOCH);
    private final Synchronizer synchronizer =
        new Synchronizer(this, mirror, () -> Instant.ofEpochSecond(listing()));
    private Map<String, Missing> misses = Map.of();
    private int created;
    private int listing;

    World(Random random, int pageSize, boolean filtered, int afterMisses) {
      this.random = random;
      this.pageSize = pageSize;
      this.afterMisses = afterMisses;
      this.query =
          new ServiceQuery(null, null, filtered ? "available" : null, null, null, pageSize);
    }

    private int listing() {
      return listing;
    }

    void create() {
      EndpointService service = Pages.service("s" + created++);
      boolean newestFirst = random.nextInt(4) > 0;
      services.add(newestFirst ? 0 : random.nextInt(services.size() + 1), service);
    }

    private void change() {
      changes++;
      if (services.isEmpty()) {
        create();
        return;
      }
      int at = random.nextInt(services.size());
      switch (random.nextInt(5)) {
        case 0 -> create();
        case 1 -> services.remove(at);
        case 2 -> services.add(random.nextInt(services.size()), services.remove(at));
        case 3 -> Collections.swap(services, at, random.nextInt(services.size()));
        default -> {
          EndpointService old = services.get(at);
          String status = "available".equals(old.status()) ? "failed" : "available";
          services.set(at, Pages.service(old.id(), status));
        }
      }
    }

    private void maybeChange() {
      while (random.nextDouble() < chance) {
        change();
        noteOutside();
      }
    }

    private void noteOutside() {
      for (int i = 0; i < created; i++) {
        String id = "s" + i;
        if (services.stream().noneMatch(s -> s.id().equals(id) && query.mustShow(s))) {
          lastOutside.put(id, listing);
        }
      }
    }

    void sync() throws SyncFailure, InterruptedException {
      maybeChange();
      listing++;
      noteOutside();
      int before = mirror.writes().size();
      SyncResult result = synchronizer.sync(task(), confirmation -> false);
      misses = result.plan().misses();
      incomplete += result.snapshot().isComplete() ? 0 : 1;
      List<Write> writes = mirror.writes();
      for (Write write : writes.subList(before, writes.size())) {
        if (write instanceof Write.Prune) {
          prunes++;
          // It was really away at some time in this very listing, not just missed by it.
          assertThat(lastOutside)
              .as("%s is pruned in listing %d", write.name(), listing)
              .containsEntry(write.name(), listing);
        }
      }
    }

    private SyncTask task() {
      ProjectSettings settings =
          new ProjectSettings(
              URI.create("https://vpcep.example.com"),
              "p1",
              query,
              new PruneRules(true, afterMisses, 100),
              Duration.ofMinutes(1),
              Duration.ofMinutes(1),
              Duration.ofSeconds(30),
              Duration.ofMinutes(30),
              "digest");
      return new SyncTask(
          PROJECT,
          settings,
          new CredentialSource.Supplied(new Credentials.None(), null, ""),
          misses,
          null);
    }

    @Override
    public Snapshot list(ListingRequest request, Recognizer recognizer)
        throws SyncFailure, InterruptedException {
      Deadline deadline = Deadline.after(request.timeout(), () -> 0L);
      List<Long> offsets = new ArrayList<>();
      Snapshot snapshot =
          new Pager(
                  offset -> {
                    offsets.add(offset);
                    return page(request.query(), offset, recognizer);
                  },
                  deadline)
              .read();
      restarted += Collections.frequency(offsets, 0L) > 1 ? 1 : 0;
      return snapshot;
    }

    @Override
    public Duration untilTurn(ListingRequest request) {
      return Duration.ZERO;
    }

    private Answer page(ServiceQuery asked, long offset, Recognizer recognizer) {
      requests++;
      List<EndpointService> matching = services.stream().filter(asked::mustShow).toList();
      int total = matching.size();
      Answer answer =
          offset > 0 && offset >= total
              ? new Answer.Refused(new ApiError(400, "EndPoint.0010", null, null, null, null))
              : Pages.page(
                  total,
                  matching.subList((int) offset, (int) Math.min(total, offset + asked.pageSize())),
                  recognizer);
      maybeChange();
      return answer;
    }

    List<String> mirrored() {
      return mirror.list(PROJECT.namespace()).stream()
          .map(VpcEndpointService::getMetadata)
          .map(meta -> meta.getName())
          .toList();
    }

    List<String> idsInQuery() {
      return services.stream().filter(query::mustShow).map(EndpointService::id).toList();
    }
  }
}
