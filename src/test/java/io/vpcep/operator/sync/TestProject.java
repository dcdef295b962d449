package io.vpcep.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One project between a cloud and a mirror, planned and applied by hand. */
final class TestProject {
  static final ProjectIdentity IDENTITY = new ProjectIdentity("network", "prod", "uid-1");
  static final PruneRules DEFAULT_RULES = new PruneRules(true, 2, 50);

  final FakeMirror mirror;
  private final ProjectIdentity identity;
  Instant now = Instant.parse("2026-11-22T10:00:00Z");
  PruneRules rules = DEFAULT_RULES;
  String confirmation;
  boolean filtered;

  /** What a test says that the next listing shows. */
  Snapshot next;

  /** What asking for services by their id showed. */
  Map<String, Missing.Fate> fates = Map.of();

  private Map<String, Missing> misses = Map.of();

  TestProject() {
    identity = IDENTITY;
    mirror = new FakeMirror(() -> now);
  }

  /** Another project over the mirror of {@code other}. */
  TestProject(TestProject other, ProjectIdentity identity) {
    this.identity = identity;
    this.mirror = other.mirror;
  }

  SyncPlan plan(Snapshot snapshot) {
    Snapshot read =
        FakeCatalog.recognizing(
            snapshot, new MirrorRecognizer(identity, mirror, now, Integer.MAX_VALUE));
    Evidence evidence = Evidence.of(read, mirror.ownedBy(identity), misses);
    return new Planner(identity, mirror, now)
        .plan(evidence.with(fates), rules, confirmation, filtered);
  }

  /** Plans, applies and remembers the misses. */
  SyncResult sync(Snapshot snapshot) throws InterruptedException {
    SyncPlan plan = plan(snapshot);
    misses = plan.misses();
    return new SyncResult(snapshot, plan, mirror.apply(identity, plan.writes()));
  }

  SyncResult sync(EndpointService... services) throws InterruptedException {
    return sync(complete(List.of(services)));
  }

  /** The process starts anew: what it only remembered is gone. */
  void restart() {
    misses = Map.of();
  }

  void assertNothingToWrite(Collection<EndpointService> services) {
    SyncPlan plan = plan(complete(services));
    assertThat(plan.writes()).isEmpty();
    assertThat(plan.transitions()).isEmpty();
    assertThat(plan.unchanged()).isEqualTo(services.size());
  }

  static Snapshot complete(Collection<EndpointService> services) {
    return new Snapshot(List.copyOf(services), new Completeness.Complete(), 0, 1);
  }

  static Snapshot incomplete(Collection<EndpointService> services) {
    return new Snapshot(List.copyOf(services), new Completeness.Incomplete("page lost"), 0, 1);
  }

  /** Available services {@code s-from} to {@code s-(to-1)}. */
  static List<EndpointService> range(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> EndpointServiceBuilder.available("s-" + i).build())
        .toList();
  }
}
