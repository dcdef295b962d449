package io.vpcep.operator.bench;

import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writing services for the first time: each is a create and a status, whoever does it. */
final class FirstSync {
  /** Of more, what kubectl takes is projected from fewer. */
  private static final int MOST_FOR_KUBECTL = 10_000;

  private static final int MOST_WARM_UP = 2000;

  private final Stage stage;
  private final Optional<Kubectl> kubectl;
  private final boolean quick;
  private final List<Row> rows = new ArrayList<>();

  /** Seconds. */
  private record Row(
      int services,
      double operator,
      double warm,
      double raw,
      double rawWarm,
      double rawWatched,
      double kubectl) {}

  FirstSync(Stage stage, boolean quick) throws InterruptedException {
    this.stage = stage;
    this.quick = quick;
    this.kubectl = Kubectl.find();
  }

  /** How many services are written before the clock starts where somebody is to be warm. */
  static int warmUp(int services) {
    return Math.min(services, MOST_WARM_UP);
  }

  Optional<Kubectl> kubectl() {
    return kubectl;
  }

  /** Measures a size; several times where that is quick, and takes the medians. */
  void measure(int services) throws IOException, InterruptedException {
    int rounds = quick || services > 10_000 ? 1 : services > 1000 ? 2 : 5;
    List<Row> all = new ArrayList<>();
    try (Simulator cloud = cloud(services);
        Simulator small = cloud(warmUp(services))) {
      Stage.Source source = source(cloud);
      Path objects =
          ServiceObject.write(stage.jvm(), source, Report.DIRECTORY.resolve("objects.json"));
      for (int round = 0; round < rounds; round++) {
        double raw = raw(objects, false, false);
        double operator = operator(source, null);
        double rawWarm = raw(objects, true, false);
        double warm = operator(source, source(small));
        double rawWatched = raw(objects, true, true);
        double applied = kubectl(objects, services);
        all.add(new Row(services, operator, warm, raw, rawWarm, rawWatched, applied));
      }
    }
    rows.add(
        new Row(
            services,
            new Samples(all.stream().map(Row::operator).toList()).median(),
            new Samples(all.stream().map(Row::warm).toList()).median(),
            new Samples(all.stream().map(Row::raw).toList()).median(),
            new Samples(all.stream().map(Row::rawWarm).toList()).median(),
            new Samples(all.stream().map(Row::rawWatched).toList()).median(),
            new Samples(all.stream().map(Row::kubectl).toList()).median()));
  }

  static Simulator cloud(int services) {
    return Simulator.start(
        SimulatorOptions.defaults().withSize(1, services), InstantSource.system());
  }

  static Stage.Source source(Simulator cloud) {
    return new Stage.Source(cloud.baseUrl(), cloud.projectIds().get(0), "1h");
  }

  private double raw(Path objects, boolean warm, boolean watched)
      throws IOException, InterruptedException {
    String namespace = stage.newNamespace();
    String before = warm ? stage.newNamespace() : "-";
    double seconds =
        ChildJvm.run(
                stage.jvm(),
                RawLoop.class,
                stage.kubeconfig(),
                objects,
                namespace,
                before,
                watched ? "watched" : "unwatched")
            .get("seconds");
    stage.empty(namespace);
    if (warm) {
      stage.empty(before);
    }
    return seconds;
  }

  private double operator(Stage.Source source, Stage.Source before)
      throws IOException, InterruptedException {
    String namespace = stage.newNamespace();
    String other = stage.newNamespace();
    double seconds;
    try (OperatorUnderTest operator = OperatorUnderTest.start(stage.launch(namespace, other))) {
      operator.awaitReady();
      if (before != null) {
        stage.createProject(other, "before", before);
        stage.awaitSynced(other, "before");
      }
      long begin = System.nanoTime();
      stage.createProject(namespace, "prod", source);
      stage.awaitSynced(namespace, "prod");
      seconds = (System.nanoTime() - begin) / 1e9;
    }
    stage.empty(namespace);
    stage.empty(other);
    return seconds;
  }

  private double kubectl(Path objects, int services) throws IOException, InterruptedException {
    if (kubectl.isEmpty() || services > MOST_FOR_KUBECTL) {
      return Double.NaN;
    }
    String namespace = stage.newNamespace();
    double seconds = kubectl.get().apply(stage.kubeconfig(), namespace, objects);
    stage.empty(namespace);
    return seconds;
  }

  /** Says what came of it. */
  void report(Report report) throws IOException {
    report.section(
        "First sync",
        """
        Seconds until N services are written, each a create and a status. *Operator*: from creating \
        the project in an operator that is ready to the condition `Ready=True`; it lists, plans, \
        writes and reports. *Raw loop*: OkHttp and nothing else, with the same 8 writers and bodies \
        made beforehand; *watched*: until a watch has shown all of it, as the operator's does. \
        *Fresh*: the first writes of its process; *warm*: after up to 2,000 others. \
        *kubectl*: `apply --server-side` of the objects, then of their statuses.\
        """);
    Table table =
        new Table(
            "services",
            "operator, fresh",
            "raw loop, fresh",
            "ratio",
            "operator, warm",
            "raw loop, warm",
            "ratio",
            "raw loop, warm, watched",
            "ratio",
            "kubectl",
            "kubectl / operator",
            "services/s, warm");
    for (Row row : rows) {
      table.row(
          row.services(),
          row.operator(),
          row.raw(),
          row.operator() / row.raw(),
          row.warm(),
          row.rawWarm(),
          row.warm() / row.rawWarm(),
          row.rawWatched(),
          row.warm() / row.rawWatched(),
          Table.number(kubectlSeconds(row)) + (isProjected(row) ? " (projected)" : ""),
          kubectlSeconds(row) / row.operator(),
          row.services() / row.warm());
    }
    report.table(table);
    report.note(
        kubectl.map(it -> "kubectl: " + it + ".").orElse("No kubectl was found: left out."));
    for (Row row : rows) {
      String of = "first sync of " + row.services() + ", ";
      report.target(Target.atMost(of + "fresh", row.operator() / row.raw(), 1.25, "× raw loop"));
      report.target(Target.atMost(of + "warm", row.warm() / row.rawWarm(), 1.25, "× raw loop"));
      if (!Double.isNaN(kubectlSeconds(row))) {
        double faster = kubectlSeconds(row) / row.operator();
        report.target(Target.atLeast(of + "kubectl", faster, 2, "× as long"));
      }
    }
    plots(report);
  }

  private void plots(Report report) throws IOException {
    BarPlot bars = new BarPlot("First sync: seconds, less is better", "s");
    List<LinePlot.Point> points = new ArrayList<>();
    for (Row row : rows) {
      String group = row.services() + " services";
      bars.bar(group, "operator, fresh", row.operator());
      bars.bar(group, "raw loop, fresh", row.raw());
      bars.bar(group, "operator, warm", row.warm());
      bars.bar(group, "raw loop, warm", row.rawWarm());
      bars.bar(group, "raw loop, warm, watched", row.rawWatched());
      bars.bar(group, "kubectl" + (isProjected(row) ? " (projected)" : ""), kubectlSeconds(row));
      points.add(new LinePlot.Point(row.services(), row.warm()));
    }
    report.plot("first-sync", bars);
    if (rows.size() > 1) {
      LinePlot.Point last = points.get(points.size() - 1);
      report.plot(
          "first-sync-growth",
          new LinePlot("First sync grows with the services", "services", "seconds, warm")
              .points("operator", points)
              .reference("proportional", new LinePlot.Point(0, 0), last));
    }
  }

  private boolean isProjected(Row row) {
    return Double.isNaN(row.kubectl()) && !Double.isNaN(kubectlSeconds(row));
  }

  /** Measured, or in proportion to the largest size that was. */
  private double kubectlSeconds(Row row) {
    if (!Double.isNaN(row.kubectl())) {
      return row.kubectl();
    }
    return rows.stream()
        .filter(other -> !Double.isNaN(other.kubectl()))
        .reduce((smaller, larger) -> larger)
        .map(other -> other.kubectl() * row.services() / other.services())
        .orElse(Double.NaN);
  }
}
