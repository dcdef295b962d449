package io.vpcep.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import io.vpcep.operator.ops.OperatorMetrics;
import io.vpcep.operator.sync.CredentialSource;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.FailureReason.Recovery;
import io.vpcep.operator.sync.Mirror;
import io.vpcep.operator.sync.MirroredService;
import io.vpcep.operator.sync.ProjectIdentity;
import io.vpcep.operator.sync.Synchronizer;
import io.vpcep.operator.sync.Write;
import io.vpcep.operator.sync.WriteReport;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.slf4j.LoggerFactory;

/** Whatever happens, a project is never silent for longer than the contract allows. */
class TurnsPropertyTest {
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  /**
   * What comes in a turn.
   *
   * @param outcome of a listing; null: it succeeds
   * @param statusFails the status cannot be written
   * @param viewPending the mirror was not seen as a whole yet
   * @param listingSeconds how long a listing takes
   * @param jumpSeconds by how much the clock is set, forth or back, before the turn
   */
  record Step(
      FailureReason outcome,
      boolean statusFails,
      boolean viewPending,
      int listingSeconds,
      int jumpSeconds) {}

  private static final Logger log = (Logger) LoggerFactory.getLogger(ProjectCycle.class);

  @BeforeContainer
  static void silence() {
    log.setLevel(Level.OFF);
  }

  @AfterContainer
  static void speakAgain() {
    log.setLevel(null);
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<FailureReason> outcomes = Arbitraries.of(FailureReason.class).injectNull(0.3);
    Arbitrary<Boolean> rarely = Arbitraries.of(true, false, false, false, false);
    Arbitrary<Integer> took = Arbitraries.of(0, 0, 1, 30, 300);
    Arbitrary<Integer> jumps = Arbitraries.of(0, 0, 0, 0, 0, -3600, -5, 5, 86_400, -86_400);
    return Combinators.combine(outcomes, rarely, rarely, took, jumps)
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Property(tries = 300)
  void neverSilentForLongerThanTheContractAllows(
      @ForAll("histories") List<Step> history, @ForAll("chances") double chance)
      throws InterruptedException {
    World world = new World(chance);
    Duration sinceListing = Duration.ZERO;

    for (Step step : history) {
      int before = world.cloud.listings();
      Duration next = world.turn(step);

      assertThat(next).isPositive().isLessThanOrEqualTo(INTERVAL.plusSeconds(6));
      sinceListing = world.cloud.listings() > before ? next : sinceListing.plus(next);
      assertThat(sinceListing).isLessThanOrEqualTo(longest(world.state).plus(pending(history)));
    }
  }

  @Provide
  Arbitrary<Double> chances() {
    return Arbitraries.doubles().between(0, true, 1, false);
  }

  /** So long at most until the next attempt, by the contract. */
  private static Duration longest(ProjectState state) {
    Recovery recovery = state.lastFailure == null ? null : state.lastFailure.recovery();
    Duration delay =
        recovery == null
            ? INTERVAL
            : recovery == Recovery.BY_RETRY ? INTERVAL.multipliedBy(4) : Duration.ofMinutes(15);
    return delay.multipliedBy(11).dividedBy(10);
  }

  /** Turns that wait for the view of the cluster, and a clock set back, hold an attempt up. */
  private static Duration pending(List<Step> history) {
    long waits = history.stream().filter(Step::viewPending).count();
    long jumps = history.stream().filter(step -> step.jumpSeconds() < 0).count();
    return Duration.ofSeconds(waits).plus(Duration.ofMinutes(17).multipliedBy(jumps));
  }

  /** A project with everything around it made up. */
  private static final class World implements Mirror, StatusWriter {
    final VirtualClock clock = new VirtualClock();
    final ScriptedCloud cloud = new ScriptedCloud(clock);
    final ProjectState state = new ProjectState();
    private final ProjectCycle cycle;
    private VpcEndpointProject project = new VpcEndpointProject();
    private Step step;

    World(double chance) {
      CredentialSource none =
          (namespace, spec) -> new CredentialSource.Supplied(new Credentials.None(), null, "");
      ProjectReporter reporter =
          new ProjectReporter(
              this,
              new ProjectEvents(new RecordedEvents()),
              new OperatorMetrics(new SimpleMeterRegistry()));
      cycle =
          new ProjectCycle(
              new Synchronizer(cloud, this, clock),
              this,
              none,
              reporter,
              new Time(clock, () -> chance));
      project.setMetadata(
          new ObjectMetaBuilder()
              .withNamespace("network")
              .withName("prod")
              .withUid("u")
              .withGeneration(1L)
              .withResourceVersion("1")
              .build());
      project.setSpec(new SpecDraft().spec());
    }

    Duration turn(Step next) throws InterruptedException {
      step = next;
      clock.advance(Duration.ofSeconds(step.jumpSeconds()));
      cloud.recovers();
      if (step.outcome() != null) {
        cloud.fails(step.outcome());
      }
      cloud.during(() -> clock.advance(Duration.ofSeconds(step.listingSeconds())));
      Duration delay = cycle.run(project, state);
      if (!step.statusFails() && !step.viewPending()) {
        ProjectStatusAssert.assertThat(ProjectReporter.status(project)).isClean(clock.latest());
      }
      clock.advance(delay);
      return delay;
    }

    @Override
    public Optional<VpcEndpointProject> write(
        VpcEndpointProject seen, VpcEndpointProjectStatus status) {
      if (step.statusFails()) {
        return Optional.empty();
      }
      VpcEndpointProject written = new VpcEndpointProject();
      long version = Long.parseLong(project.getMetadata().getResourceVersion());
      written.setMetadata(
          new ObjectMetaBuilder(project.getMetadata())
              .withResourceVersion(String.valueOf(version + 1))
              .build());
      written.setSpec(project.getSpec());
      written.setStatus(status);
      project = written;
      return Optional.of(written);
    }

    @Override
    public boolean isComplete() {
      return !step.viewPending();
    }

    @Override
    public Optional<MirroredService> find(String namespace, String name) {
      return Optional.empty();
    }

    @Override
    public Collection<MirroredService> ownedBy(ProjectIdentity identity) {
      return List.of();
    }

    @Override
    public void recognized(ProjectIdentity identity, MirroredService mirrored, long listedDigest) {
      throw new IllegalStateException("nothing is mirrored");
    }

    @Override
    public WriteReport apply(ProjectIdentity identity, List<Write> writes) {
      return WriteReport.NOTHING;
    }
  }
}
