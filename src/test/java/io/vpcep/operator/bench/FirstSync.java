package io.vpcep.operator.bench;

import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writing services for the first time: each is a create and a status, whoever does it. */
final class FirstSync {
  /** Of more, what kubectl takes is projected from fewer. */
  private static final int MOST_FOR_KUBECTL = 10_000;

  private static final int MOST_WARM_UP = 2000;

  private final Stage stage;
  private final Optional<Kubectl> kubectl;
  private final Optional<GoClient> go;
  private final boolean quick;

  /** Seconds by number of services. */
  private final Map<Integer, Map<Writer, Samples>> measured = new TreeMap<>();

  /** Who writes: <i>fresh</i> the first of its process, <i>warm</i> after others. */
  private enum Writer {
    OPERATOR("operator, fresh"),
    RAW("raw loop, fresh"),
    WARM("operator, warm"),
    RAW_WARM("raw loop, warm"),
    RAW_WATCHED("raw loop, warm, watched"),
    GO("Go client"),
    KUBECTL("kubectl");

    private final String title;

    Writer(String title) {
      this.title = title;
    }
  }

  FirstSync(Stage stage, boolean quick) throws InterruptedException {
    this.stage = stage;
    this.quick = quick;
    this.kubectl = Kubectl.find();
    this.go = GoClient.build();
  }

  /** How many services are written before the clock starts where somebody is to be warm. */
  static int warmUp(int services) {
    return Math.min(services, MOST_WARM_UP);
  }

  /** Measures a size; several times where that is quick, and takes the medians. */
  void measure(int services) throws IOException, InterruptedException {
    int rounds = quick || services > 10_000 ? 1 : services > 1000 ? 2 : 5;
    Map<Writer, List<Double>> seconds = new EnumMap<>(Writer.class);
    try (Simulator cloud = cloud(services);
        Simulator small = cloud(warmUp(services))) {
      Stage.Source source = source(cloud);
      Path objects =
          ServiceObject.write(stage.jvm(), source, Report.DIRECTORY.resolve("objects.json"));
      for (int round = 0; round < rounds; round++) {
        for (Writer writer : Writer.values()) {
          double taken =
              switch (writer) {
                case OPERATOR -> operator(source, null);
                case RAW -> raw(objects, false, false);
                case WARM -> operator(source, source(small));
                case RAW_WARM -> raw(objects, true, false);
                case RAW_WATCHED -> raw(objects, true, true);
                case GO -> go(objects);
                case KUBECTL -> kubectl(objects, services);
              };
          seconds.computeIfAbsent(writer, it -> new ArrayList<>()).add(taken);
        }
      }
    }
    Map<Writer, Samples> samples = new EnumMap<>(Writer.class);
    seconds.forEach((writer, taken) -> samples.put(writer, new Samples(taken)));
    measured.put(services, samples);
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
        ChildProcess.run(
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

  private double go(Path objects) throws IOException, InterruptedException {
    if (go.isEmpty()) {
      return Double.NaN;
    }
    String namespace = stage.newNamespace();
    double seconds = go.get().write(stage.access(), objects, namespace);
    stage.empty(namespace);
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
        *Go client*: the same as the raw loop, by the standard library of Go, which knows no warm-up. \
        *kubectl*: `apply --server-side` of the objects, then of their statuses.\
        """);
    report.table(seconds());
    report.table(ratios());
    report.note(
        go.map(it -> "Go client: " + it + ".").orElse("No Go was found: left out.")
            + " "
            + kubectl.map(it -> "kubectl: " + it + ".").orElse("No kubectl was found: left out."));
    for (int services : measured.keySet()) {
      String of = "first sync of " + services + ", ";
      double fresh = ratio(services, Writer.OPERATOR, Writer.RAW);
      report.target(Target.atMost(of + "fresh", fresh, 1.25, "× raw loop"));
      double warm = ratio(services, Writer.WARM, Writer.RAW_WARM);
      report.target(Target.atMost(of + "warm", warm, 1.25, "× raw loop"));
      double faster = ratio(services, Writer.KUBECTL, Writer.OPERATOR);
      if (!Double.isNaN(faster)) {
        report.target(Target.atLeast(of + "kubectl", faster, 2, "× as long"));
      }
    }
    plots(report);
  }

  private Table seconds() {
    List<String> columns = new ArrayList<>(List.of("services"));
    columns.addAll(Stream.of(Writer.values()).map(writer -> writer.title + ", s").toList());
    columns.add("services/s, warm");
    Table table = new Table(columns.toArray(String[]::new));
    for (int services : measured.keySet()) {
      List<Object> cells = new ArrayList<>(List.of(services));
      for (Writer writer : Writer.values()) {
        cells.add(Table.number(seconds(services, writer)) + projected(services, writer));
      }
      cells.add(services / seconds(services, Writer.WARM));
      table.row(cells.toArray());
    }
    return table;
  }

  private Table ratios() {
    Table table =
        new Table(
            "services",
            "operator / raw loop, fresh",
            "operator / raw loop, warm",
            "operator / raw loop, warm, watched",
            "operator, fresh / Go client",
            "operator, warm / Go client",
            "kubectl / operator, fresh",
            "kubectl / Go client");
    for (int services : measured.keySet()) {
      table.row(
          services,
          ratio(services, Writer.OPERATOR, Writer.RAW),
          ratio(services, Writer.WARM, Writer.RAW_WARM),
          ratio(services, Writer.WARM, Writer.RAW_WATCHED),
          ratio(services, Writer.OPERATOR, Writer.GO),
          ratio(services, Writer.WARM, Writer.GO),
          ratio(services, Writer.KUBECTL, Writer.OPERATOR),
          ratio(services, Writer.KUBECTL, Writer.GO));
    }
    return table;
  }

  private void plots(Report report) throws IOException {
    BarPlot bars = new BarPlot("First sync: seconds, less is better", "s");
    List<LinePlot.Point> points = new ArrayList<>();
    for (int services : measured.keySet()) {
      for (Writer writer : Writer.values()) {
        bars.bar(
            services + " services",
            writer.title + projected(services, writer),
            seconds(services, writer));
      }
      points.add(new LinePlot.Point(services, seconds(services, Writer.WARM)));
    }
    report.plot("first-sync", bars);
    if (points.size() > 1) {
      LinePlot.Point last = points.get(points.size() - 1);
      report.plot(
          "first-sync-growth",
          new LinePlot("First sync grows with the services", "services", "seconds, warm")
              .points("operator", points)
              .reference("proportional", new LinePlot.Point(0, 0), last));
    }
  }

  private double ratio(int services, Writer one, Writer other) {
    return seconds(services, one) / seconds(services, other);
  }

  /** Measured, or of kubectl in proportion to the largest size that was. */
  private double seconds(int services, Writer writer) {
    double median = measured.get(services).get(writer).median();
    if (writer != Writer.KUBECTL || !Double.isNaN(median)) {
      return median;
    }
    return measured.entrySet().stream()
        .map(size -> size.getValue().get(writer).median() * services / size.getKey())
        .filter(projected -> !projected.isNaN())
        .reduce((smaller, larger) -> larger)
        .orElse(Double.NaN);
  }

  private String projected(int services, Writer writer) {
    boolean isMeasured = !Double.isNaN(measured.get(services).get(writer).median());
    return isMeasured || Double.isNaN(seconds(services, writer)) ? "" : " (projected)";
  }
}
