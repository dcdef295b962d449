package io.vpcep.operator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.simulator.ChurnEvent.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChurnProcessTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final Population POPULATION = new Population(2, 40, 1);

  @Test
  void repeatsItselfForTheSameSeed() {
    Cloud one = Cloud.generate(POPULATION);
    Cloud other = Cloud.generate(POPULATION);

    List<ChurnEvent> events = run(one, 500);

    assertThat(run(other, 500)).isEqualTo(events);
    assertThat(services(other)).isEqualTo(services(one));
  }

  @Test
  void doesEverythingThatCanHappen() {
    List<ChurnEvent> events = run(Cloud.generate(POPULATION), 500);

    assertThat(events).extracting(ChurnEvent::kind).contains(Kind.values());
    assertThat(events).extracting(ChurnEvent::projectId).doesNotContainNull();
  }

  @Test
  void keepsEachProjectNearItsSize() {
    Cloud cloud = Cloud.generate(POPULATION);
    ChurnProcess churn = new ChurnProcess(cloud, CLOCK);

    for (int i = 0; i < 2000; i++) {
      churn.step();

      assertThat(cloud.projects().values())
          .allSatisfy(project -> assertThat(project.services()).hasSizeBetween(30, 50));
    }
    assertThat(services(cloud))
        .filteredOn(it -> it.status().equals("available"))
        .hasSizeGreaterThan(40);
  }

  @Test
  void findsSomethingToDoInAnEmptyCloud() {
    Cloud cloud = Cloud.generate(new Population(1, 0, 1));

    List<ChurnEvent> events = run(cloud, 50);

    assertThat(events.get(0).kind()).isEqualTo(Kind.APPEARED);
    assertThat(services(cloud)).hasSizeLessThan(10);
  }

  @Test
  void findsSomethingToDoWhenEverythingIsRemovedMeanwhile() {
    Cloud cloud = Cloud.generate(new Population(1, 1, 1));
    Project project = cloud.projects().values().iterator().next();
    ChurnProcess churn = new ChurnProcess(cloud, CLOCK);
    project.services().forEach(service -> project.remove(service.id()));

    ChurnEvent event = churn.step();

    assertThat(event.kind()).isEqualTo(Kind.APPEARED);
  }

  @Test
  void createsBeforeItMakesAvailableAndDeletesBeforeItRemoves() {
    Cloud cloud = Cloud.generate(new Population(1, 0, 1));

    List<ChurnEvent> events = run(cloud, 2000);

    String gone =
        events.stream().filter(it -> it.kind() == Kind.GONE).findFirst().get().serviceId();
    List<Kind> life =
        events.stream().filter(it -> it.serviceId().equals(gone)).map(ChurnEvent::kind).toList();
    assertThat(life).startsWith(Kind.APPEARED).endsWith(Kind.DELETION_BEGAN, Kind.GONE);
  }

  @Test
  void stampsChangesOfStatusInWholeSecondsButNotConnections() {
    Cloud cloud = Cloud.generate(POPULATION);
    List<SimulatedService> before = services(cloud);
    ChurnProcess churn = new ChurnProcess(cloud, CLOCK);

    List<ChurnEvent> moved =
        Stream.generate(churn::step)
            .limit(20)
            .filter(it -> it.kind() == Kind.CONNECTIONS_MOVED)
            .toList();

    assertThat(moved).isNotEmpty();
    for (SimulatedService service : services(cloud)) {
      boolean statusKept =
          before.stream()
              .anyMatch(it -> it.id().equals(service.id()) && it.status().equals(service.status()));
      assertThat(service.updatedAt().equals(Instant.parse("2026-03-01T12:00:00Z")))
          .isNotEqualTo(statusKept);
    }
  }

  @Test
  void leavesStatusesThatItDoesNotKnowUntilDeletion() {
    Cloud cloud = Cloud.generate(new Population(1, 1, 1));
    Project project = cloud.projects().values().iterator().next();
    String id = project.services().get(0).id();
    project.change(id, it -> it.withStatus("frozen", NOW));

    List<ChurnEvent> events = run(cloud, 300);

    assertThat(events)
        .filteredOn(it -> it.serviceId().equals(id))
        .extracting(ChurnEvent::kind)
        .first()
        .isEqualTo(Kind.DELETION_BEGAN);
  }

  private static List<ChurnEvent> run(Cloud cloud, int steps) {
    ChurnProcess churn = new ChurnProcess(cloud, CLOCK);
    return IntStream.range(0, steps).mapToObj(i -> churn.step()).toList();
  }

  private static List<SimulatedService> services(Cloud cloud) {
    return cloud.projects().values().stream().flatMap(it -> it.services().stream()).toList();
  }
}
