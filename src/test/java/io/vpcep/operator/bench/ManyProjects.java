package io.vpcep.operator.bench;

import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Many projects of 20 services, the usual quota of the cloud, that share an operator. */
final class ManyProjects {
  private static final int SERVICES = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  /** A sync starts an interval after the one before, and up to a tenth of it later. */
  private static final double SPREAD = 1.1;

  private final Stage stage;
  private final BenchOptions options;
  private final Duration interval;

  private record Reading(long requests, long writes, double cpu) {}

  ManyProjects(Stage stage, BenchOptions options) {
    this.stage = stage;
    this.options = options;
    this.interval = Duration.ofSeconds(options.quick() ? 10 : 30);
  }

  void run(Report report) throws IOException, InterruptedException {
    String namespace = stage.newNamespace();
    SimulatorOptions size = SimulatorOptions.defaults().withSize(options.projects(), SERVICES);
    try (Simulator cloud = Simulator.start(size, InstantSource.system());
        OperatorUnderTest operator = OperatorUnderTest.ready(stage.launch(namespace))) {
      long begin = System.nanoTime();
      for (int i = 0; i < options.projects(); i++) {
        String id = cloud.projectIds().get(i);
        String every = interval.toSeconds() + "s";
        stage.createProject(namespace, "p" + i, new Stage.Source(cloud.baseUrl(), id, every));
      }
      Patience.until(
          PATIENCE, Duration.ofSeconds(1), () -> stage.synced(namespace) == options.projects());
      double all = (System.nanoTime() - begin) / 1e9;
      Patience.pause(interval);
      observe(report, cloud, operator, all);
    }
    stage.empty(namespace);
  }

  private void observe(Report report, Simulator cloud, OperatorUnderTest operator, double all)
      throws IOException, InterruptedException {
    try (ListingTimes times = new ListingTimes(cloud)) {
      Reading before = reading(cloud, operator);
      Patience.pause(options.observed());
      Reading after = reading(cloud, operator);
      double resident = operator.residentMebibytes("VmRSS");
      Samples gaps = times.gaps();
      double minutes = options.observed().toSeconds() / 60.0;
      double cpu = (after.cpu() - before.cpu()) / minutes;
      double late = 100 * (gaps.max() / interval.toSeconds() - SPREAD);
      introduce(report);
      Table table = new Table("what", "figure");
      table.row("until all were mirrored, s", all);
      table.row("requests a minute", (after.requests() - before.requests()) / minutes);
      table.row("writes to services", (double) (after.writes() - before.writes()));
      table.row("processor seconds a minute", cpu);
      table.row(
          "processor milliseconds a sync",
          1000 * cpu * minutes / (after.requests() - before.requests()));
      table.row("interval between syncs, median, s", gaps.median());
      table.row("interval between syncs, 99th percentile, s", gaps.quantile(0.99));
      table.row("interval between syncs, longest, s", gaps.max());
      table.row("resident, MiB", resident);
      table.row("live heap, MiB", operator.liveHeapBytes() / (1 << 20));
      report.table(table);
      String of = options.projects() + " projects";
      report.target(Target.atMost(of, cpu / 60, 0.5, "cores"));
      report.target(Target.atMost(of + ", latest sync", late, 10, "% of the interval late"));
      report.plot("many-projects", plot(gaps));
    }
  }

  private Reading reading(Simulator cloud, OperatorUnderTest operator) {
    long requests = cloud.projectIds().stream().mapToLong(cloud::requests).sum();
    return new Reading(requests, stage.serviceWrites(), operator.cpuSeconds());
  }

  private void introduce(Report report) throws IOException {
    report.section(
        "Many projects",
        """
        %d projects of %d services at an interval of %d s, looked at for %d s after all of them were \
        mirrored. A sync is due an interval after the one before plus 0 to 10 %% of it; *late* is what \
        comes on top of that, by the cloud's own count of requests.\
        """
            .formatted(
                options.projects(),
                SERVICES,
                interval.toSeconds(),
                options.observed().toSeconds()));
  }

  private Plot plot(Samples gaps) {
    List<LinePlot.Point> points = new ArrayList<>();
    for (int percent = 0; percent <= 100; percent += 2) {
      points.add(new LinePlot.Point(percent, gaps.quantile(percent / 100.0)));
    }
    double due = interval.toSeconds();
    return new LinePlot(
            "Time between the syncs of a project", "% of syncs that came sooner", "seconds")
        .points("measured", points)
        .reference("interval", new LinePlot.Point(0, due), new LinePlot.Point(100, due))
        .reference(
            "interval and its spread",
            new LinePlot.Point(0, due * SPREAD),
            new LinePlot.Point(100, due * SPREAD));
  }
}
