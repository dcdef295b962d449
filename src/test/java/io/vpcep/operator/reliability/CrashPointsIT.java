package io.vpcep.operator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.kube.ApiServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator dies after any of its writes, and the mirror ends as if it had not.
 *
 * <p>What is counted: every write of a VpcEndpointService that reached the API server, whatever it
 * answered, since that is what a cluster pays for. A crash may add one, no more: what was committed
 * unseen is found by the next process. The statuses of the project are told apart: a process that
 * takes over may say once more that a sync began and that it ended. Events are not counted: they
 * are news, and some may be lost with the process or told twice. Three syncs in a row at the end
 * write no service, and of the project just that they were asked for.
 *
 * <p>System property {@code reliability}: {@code full} dies at every write instead of a few; {@code
 * 16,18} dies at these writes alone.
 */
class CrashPointsIT {
  private static final String CHOSEN = System.getProperty("reliability", "");
  private static final int REDUCED = 20;
  private static final int AT_A_TIME = 5;
  private static final long MOST_EXTRA = 1;
  private static final long MOST_EXTRA_OF_PROJECT = 2;

  private static Scenario.Outcome undisturbed;

  @TempDir private Path directory;

  @BeforeAll
  static void requireServer() {
    ApiServer.require();
  }

  @Test
  void endsInTheSameStateWhereverItIsCutOff() throws Exception {
    Scenario.Outcome undisturbed = undisturbed();
    List<CrashPoint> points =
        points((int) (undisturbed.serviceWrites() + undisturbed.projectWrites()));

    List<String> deviations = sweep(points, undisturbed);

    System.out.printf("crash points %d, deviations %d%n", points.size(), deviations.size());
    assertThat(deviations).isEmpty();
  }

  /** Lived once for all tests. */
  private static synchronized Scenario.Outcome undisturbed() {
    if (undisturbed == null) {
      undisturbed = run(null);
    }
    return undisturbed;
  }

  private static List<CrashPoint> points(int writes) {
    List<CrashPoint> all = new ArrayList<>();
    for (int number = 1; number <= writes; number++) {
      all.add(new CrashPoint(number, false));
      all.add(new CrashPoint(number, true));
    }
    if (CHOSEN.equals("full")) {
      return all;
    }
    if (!CHOSEN.isEmpty()) {
      Set<String> numbers = Set.of(CHOSEN.split(","));
      return all.stream()
          .filter(point -> numbers.contains(String.valueOf(point.number())))
          .toList();
    }
    List<CrashPoint> spread = new ArrayList<>();
    for (int i = 0; i < REDUCED; i++) {
      CrashPoint point = all.get(i * (all.size() - 1) / (REDUCED - 1));
      spread.add(new CrashPoint(point.number(), i % 2 == 1));
    }
    return spread;
  }

  private static List<String> sweep(List<CrashPoint> points, Scenario.Outcome undisturbed)
      throws Exception {
    ExecutorService runners = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      List<Future<List<String>>> results =
          points.stream()
              .map(point -> runners.submit(() -> deviations(point, undisturbed)))
              .toList();
      List<String> deviations = new ArrayList<>();
      for (Future<List<String>> result : results) {
        deviations.addAll(result.get());
      }
      return deviations;
    } finally {
      runners.shutdownNow();
    }
  }

  /** The processes of the shipped jar, each killed in another phase of the scenario. */
  @Test
  void endsInTheSameStateWhenItsProcessIsKilled() {
    Scenario.Outcome undisturbed = undisturbed();
    List<CrashPoint> points =
        List.of(new CrashPoint(41, false), new CrashPoint(50, true), new CrashPoint(45, false));

    Scenario.Outcome killed = runProcesses(points);

    assertThat(killed.phases()).isEqualTo(undisturbed.phases());
    assertThat(killed.afterDeletion()).isEqualTo(undisturbed.afterDeletion());
    assertThat(killed.serviceWrites() - undisturbed.serviceWrites())
        .isLessThanOrEqualTo(points.size() * MOST_EXTRA);
    assertThat(killed.projectWrites() - undisturbed.projectWrites())
        .isLessThanOrEqualTo(points.size() * MOST_EXTRA_OF_PROJECT);
    assertThat(killed.quietServiceWrites()).isZero();
  }

  private Scenario.Outcome runProcesses(List<CrashPoint> points) {
    Processes processes = new Processes(directory);
    try (Sandbox sandbox = new Sandbox(Scenario.SERVICES, processes, Cluster.shared())) {
      points.forEach(point -> sandbox.expect(point.rule(sandbox, processes::killLast)));
      sandbox.startOperator();
      Scenario.Outcome outcome = new Scenario(sandbox).run();
      assertThat(processes.killed()).isEqualTo(points.size());
      return outcome;
    }
  }

  private static Scenario.Outcome run(CrashPoint point) {
    try (Sandbox sandbox = new Sandbox(Scenario.SERVICES)) {
      if (point != null) {
        sandbox.expect(point.rule(sandbox, () -> {}));
      }
      sandbox.startOperator();
      return new Scenario(sandbox).run();
    }
  }

  private static List<String> deviations(CrashPoint point, Scenario.Outcome expected) {
    List<String> deviations = new ArrayList<>();
    try {
      Scenario.Outcome outcome = run(point);
      expect(
          outcome.phases().equals(expected.phases()),
          "another mirror at the end of a phase",
          deviations);
      expect(
          outcome.afterDeletion().equals(expected.afterDeletion()), "something left", deviations);
      long services = outcome.serviceWrites() - expected.serviceWrites();
      expect(services <= MOST_EXTRA, services + " writes of services more", deviations);
      long projects = outcome.projectWrites() - expected.projectWrites();
      expect(projects <= MOST_EXTRA_OF_PROJECT, projects + " statuses more", deviations);
      expect(outcome.quietServiceWrites() == 0, "services written when quiet", deviations);
      expect(outcome.quietProjectWrites() == 3, "project written when quiet", deviations);
    } catch (AssertionError | RuntimeException e) {
      deviations.add(e.toString());
    }
    return deviations.stream().map(deviation -> point + ": " + deviation).toList();
  }

  private static void expect(boolean holds, String otherwise, List<String> deviations) {
    if (!holds) {
      deviations.add(otherwise);
    }
  }
}
