package io.vpcep.operator.sync;

import io.vpcep.operator.crd.VpcEndpointService;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Planning a project of 10,000 services, from the snapshot to the list of writes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PlanningBenchmark {
  private static final int SERVICES = 10_000;
  private static final ProjectIdentity PROJECT = new ProjectIdentity("network", "prod", "uid");
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final PruneRules RULES = new PruneRules(true, 2, 50);

  private final Index mirror = new Index();
  private Snapshot same;
  private Snapshot other;

  /** What is mirrored, and nothing else of the port. */
  private static final class Index implements Mirror {
    private final Map<String, MirroredService> services = new HashMap<>();

    @Override
    public boolean isComplete() {
      return true;
    }

    @Override
    public Optional<MirroredService> find(String namespace, String name) {
      return Optional.ofNullable(services.get(name));
    }

    @Override
    public Collection<MirroredService> ownedBy(ProjectIdentity project) {
      return services.values();
    }

    @Override
    public void recognized(ProjectIdentity project, MirroredService mirrored, long listed) {
      services.put(mirrored.name(), mirrored.showing(listed));
    }

    @Override
    public WriteReport apply(ProjectIdentity project, List<Write> writes) {
      ContentDigest digest = new ContentDigest();
      for (Write write : writes) {
        VpcEndpointService resource = ((Write.Create) write).resource().get();
        resource.getMetadata().setGeneration(1L);
        resource.getMetadata().setResourceVersion("1");
        resource.setStatus(resource.getStatus().of(1L));
        services.put(write.name(), MirroredService.of(resource, digest));
      }
      return WriteReport.NOTHING;
    }
  }

  /** Mirrors the snapshot, and makes one in which each service has one connection more. */
  @Setup
  public void mirrorSnapshot() {
    same = snapshot(3);
    other = snapshot(4);
    mirror.apply(PROJECT, plan(same).writes());
    require(plan(same).unchanged());
    require(plan(other).writes().size());
  }

  private static void require(int services) {
    if (services != SERVICES) {
      throw new IllegalStateException("planned " + services + " services of " + SERVICES);
    }
  }

  private static Snapshot snapshot(long connections) {
    List<EndpointService> services =
        IntStream.range(0, SERVICES)
            .mapToObj(i -> "4189d3c2-8882-4871-a3c2-%012d".formatted(i))
            .map(id -> EndpointServiceBuilder.available(id).connectionCount(connections).build())
            .toList();
    return new Snapshot(services, new Completeness.Complete(), 0, 1);
  }

  /** Nothing is to be written. */
  @Benchmark
  public Object planUnchanged() {
    return plan(same);
  }

  /** Every status is to be written. */
  @Benchmark
  public Object planAllChanged() {
    return plan(other);
  }

  private SyncPlan plan(Snapshot snapshot) {
    Recognizer recognizer = new MirrorRecognizer(PROJECT, mirror, NOW, Integer.MAX_VALUE);
    Snapshot read = FakeCatalog.recognizing(snapshot, recognizer);
    Evidence evidence = Evidence.of(read, List.copyOf(mirror.ownedBy(PROJECT)), Map.of());
    return new Planner(PROJECT, mirror, NOW).plan(evidence, RULES, null, false);
  }
}
