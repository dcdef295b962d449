package io.vpcep.operator.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SimulatorTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Set<Thread> earlier = Thread.getAllStackTraces().keySet();
  private final Simulator simulator =
      Simulator.start(SimulatorOptions.defaults(), InstantSource.fixed(NOW.plusMillis(5)));
  private final String project = simulator.projectIds().get(0);
  private final SimulatedService first = simulator.services(project).get(0);

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void createsAvailableServices() {
    SimulatedService created = simulator.createService(project);

    assertThat(simulator.services(project)).hasSize(21).endsWith(created);
    assertThat(created.status()).isEqualTo("available");
    assertThat(created.createdAt()).isEqualTo(NOW);
  }

  @Test
  void replacesServices() {
    simulator.putService(project, first.withServiceName("renamed"));

    assertThat(simulator.services(project)).hasSize(20);
    assertThat(simulator.service(project, first.id()).get().serviceName()).isEqualTo("renamed");
  }

  @Test
  void replacesSettings() {
    List<ServiceSettings.Tag> tags = List.of(new ServiceSettings.Tag("team", "red"));

    simulator.putService(project, first.withSettings(first.settings().withTags(tags)));

    assertThat(simulator.service(project, first.id()).get().settings().tags()).isEqualTo(tags);
  }

  @Test
  void removesServices() {
    simulator.removeService(project, first.id());

    assertThat(simulator.services(project)).hasSize(19).doesNotContain(first);
    assertThat(simulator.service(project, first.id())).isEmpty();
  }

  @Test
  void setsStatusesAndTheirTime() {
    simulator.setStatus(project, first.id(), "failed");

    SimulatedService failed = simulator.service(project, first.id()).get();
    assertThat(failed.status()).isEqualTo("failed");
    assertThat(failed.errors()).hasSize(1);
    assertThat(failed.updatedAt()).isEqualTo(NOW);
  }

  @Test
  void setsConnectionCountsWithoutAnUpdate() {
    simulator.setConnectionCount(project, first.id(), 99);

    assertThat(simulator.service(project, first.id())).hasValue(first.withConnectionCount(99));
  }

  @Test
  void changesOneServiceWithEachForcedChange() {
    List<SimulatedService> before = simulator.services(project);

    ChurnEvent event = simulator.churnOnce();

    assertThat(event.projectId()).isEqualTo(project);
    Set<String> changed =
        simulator.services(project).stream()
            .filter(it -> !before.contains(it))
            .map(SimulatedService::id)
            .collect(Collectors.toSet());
    assertThat(changed).containsExactly(event.serviceId());
  }

  @Test
  void refusesUnknownProjectsAndServices() {
    assertThatThrownBy(() -> simulator.services("nowhere"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no project nowhere");
    assertThatThrownBy(() -> simulator.setConnectionCount(project, "nothing", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no service nothing");
    assertThatThrownBy(() -> simulator.removeService(project, "nothing"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesTheRemedyWhenThePortIsTaken() {
    SimulatorOptions taken = SimulatorOptions.defaults().withPort(simulator.baseUrl().getPort());

    assertThatThrownBy(() -> Simulator.start(taken, InstantSource.system()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("127.0.0.1:" + taken.address().port())
        .hasMessageContaining("choose another --port")
        .hasMessageNotContaining("--host");
  }

  @Test
  void refusesUnknownHosts() {
    SimulatorOptions unknown = SimulatorOptions.defaults().withHost("no such host");

    assertThatThrownBy(() -> Simulator.start(unknown, InstantSource.system()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no such host")
        .hasMessageNotContaining("--host");
  }

  @Test
  void namesItsLoopbackAddressWhenItListensOnAll() {
    try (Simulator open =
        Simulator.start(SimulatorOptions.defaults().withHost("0.0.0.0"), InstantSource.system())) {
      assertThat(open.baseUrl().toString()).matches("http://127\\.0\\.0\\.1:[0-9]+");
    }
  }

  @Test
  void leavesNoThreadAndNoPortBehind() {
    Simulator busy =
        Simulator.start(
            SimulatorOptions.defaults().withChurn(new Churn(100, Duration.ofSeconds(1))),
            InstantSource.system());
    int port = busy.baseUrl().getPort();
    assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);

    busy.close();
    busy.close();
    simulator.close();

    await().until(() -> threads().isEmpty());
    assertThatThrownBy(() -> new Socket("127.0.0.1", port)).isInstanceOf(ConnectException.class);
  }

  @Test
  void startsLargeCloudsQuickly() {
    long start = System.nanoTime();

    try (Simulator large =
        Simulator.start(SimulatorOptions.defaults().withSize(50, 1000), InstantSource.system())) {
      assertThat(large.services(large.projectIds().get(49))).hasSize(1000);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  private List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> !earlier.contains(it))
        .filter(it -> it.getName().matches("simulator-.*|HTTP-Dispatcher"))
        .toList();
  }
}
