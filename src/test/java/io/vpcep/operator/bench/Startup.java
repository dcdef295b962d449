package io.vpcep.operator.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From the start of the process to the first 200 of {@code /readyz}. */
final class Startup {
  private final Stage stage;
  private final Optional<Jvm> jdk25;
  private final int runs;

  /** Seconds: medians. */
  private record Row(String name, double ready, double cpu) {}

  Startup(Stage stage, Optional<Jvm> jdk25, boolean quick) {
    this.stage = stage;
    this.jdk25 = jdk25;
    this.runs = quick ? 3 : 5;
  }

  void run(Report report) throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    String namespace = stage.newNamespace();
    rows.add(measure(Jvm.own().toString(), Jvm.own(), namespace, List.of()));
    if (jdk25.isPresent()) {
      Jvm newer = jdk25.get();
      rows.add(measure(newer + ", no cache", newer, namespace, List.of("-XX:AOTMode=off")));
      rows.add(measure(newer + ", AOT cache", newer, namespace, List.of()));
    }
    report(report, rows);
  }

  private Row measure(String name, Jvm jvm, String namespace, List<String> flags)
      throws IOException, InterruptedException {
    List<Double> ready = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      long begin = System.nanoTime();
      try (OperatorUnderTest operator =
          OperatorUnderTest.ready(
              new OperatorUnderTest.Launch(jvm, stage.access(), List.of(namespace), flags))) {
        ready.add((System.nanoTime() - begin) / 1e9);
        cpu.add(operator.cpuSeconds());
      }
    }
    return new Row(name, new Samples(ready).median(), new Samples(cpu).median());
  }

  private void report(Report report, List<Row> rows) throws IOException {
    report.section(
        "Start",
        "Seconds from the start of the process until `/readyz` answers 200, without a mirror;"
            + " medians of "
            + runs
            + ". The AOT cache is the one of the image.");
    Table table = new Table("JVM", "ready, s", "processor time by then, s");
    BarPlot bars = new BarPlot("Start to ready, less is better", "s");
    for (Row row : rows) {
      table.row(row.name(), row.ready(), row.cpu());
      bars.bar("", row.name(), row.ready());
    }
    report.table(table);
    if (jdk25.isEmpty()) {
      report.note("No JDK 25 was found: -Dbench.jdk25=HOME names one.");
    }
    for (Row row : rows) {
      double most = row.name().contains("AOT") ? 1.5 : 3;
      report.target(Target.atMost("start on " + row.name(), row.ready(), most, "s"));
    }
    report.plot("start", bars);
  }
}
