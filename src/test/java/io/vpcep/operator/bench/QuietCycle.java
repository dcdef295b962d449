package io.vpcep.operator.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Cycles in which nothing changed, beside getting the same pages for nothing. */
final class QuietCycle {
  /** Listings before the clock of the opponent starts, and listings that count, in services. */
  private static final int DOWNLOADED_WARM = 600_000;

  private static final int DOWNLOADED = 300_000;

  private final int warmCycles;
  private final int cycles;
  private final List<Row> rows = new ArrayList<>();

  /** Of one cycle; milliseconds. */
  private record Row(
      int services,
      double requests,
      double serviceWrites,
      double projectWrites,
      double wall,
      double cpu,
      double downloadWall,
      double downloadCpu) {}

  /** What was counted up to some moment. */
  private record Reading(
      long requests,
      long serviceWrites,
      long projectWrites,
      double syncs,
      double wall,
      double cpu) {
    static Reading of(Mirrored mirrored) throws IOException {
      OperatorUnderTest operator = mirrored.operator();
      return new Reading(
          mirrored.cloud().requests(mirrored.projectId()),
          mirrored.stage().serviceWrites(),
          mirrored.stage().projectWrites(),
          operator.metric("vpcep_sync_duration_seconds_count"),
          operator.metric("vpcep_sync_duration_seconds_sum"),
          operator.cpuSeconds());
    }
  }

  QuietCycle(boolean quick) {
    warmCycles = quick ? 3 : 24;
    cycles = quick ? 4 : 24;
  }

  void measure(Mirrored mirrored) throws IOException, InterruptedException {
    mirrored.awaitCycles(warmCycles);
    Reading before = Reading.of(mirrored);
    mirrored.awaitCycles(cycles);
    Reading after = Reading.of(mirrored);
    double n = after.syncs() - before.syncs();
    Stage.Source source = FirstSync.source(mirrored.cloud());
    // The operator polls on meanwhile, which costs this a little and not the operator.
    var download =
        ChildProcess.run(
            mirrored.stage().jvm(),
            DownloadLoop.class,
            source.endpoint() + "/v1/" + source.projectId() + "/vpc-endpoint-services",
            mirrored.services(),
            Math.max(10, DOWNLOADED_WARM / mirrored.services()),
            Math.max(10, DOWNLOADED / mirrored.services()));
    rows.add(
        new Row(
            mirrored.services(),
            (after.requests() - before.requests()) / n,
            (after.serviceWrites() - before.serviceWrites()) / n,
            (after.projectWrites() - before.projectWrites()) / n,
            1000 * (after.wall() - before.wall()) / n,
            1000 * (after.cpu() - before.cpu()) / n,
            download.get("wall"),
            download.get("cpu")));
  }

  void report(Report report) throws IOException {
    report.section(
        "Quiet cycle",
        """
        A cycle in which nothing changed, every %d s; the mean of %d after %d others. *Requests* are \
        those that the cloud counted, *writes* those that the API server counted. Processor time is \
        that of the whole process, its idle time between cycles included. *Download*: a loop that \
        gets the same pages and looks at each token of their JSON, in a warm JVM, without a pause.\
        """
            .formatted(Mirrored.INTERVAL.toSeconds(), cycles, warmCycles));
    Table table =
        new Table(
            "services",
            "requests",
            "writes to services",
            "writes to the project",
            "wall, ms",
            "CPU, ms",
            "download, wall ms",
            "download, CPU ms",
            "CPU / download",
            "CPU, µs a service");
    for (Row row : rows) {
      table.row(
          row.services(),
          row.requests(),
          row.serviceWrites(),
          row.projectWrites(),
          row.wall(),
          row.cpu(),
          row.downloadWall(),
          row.downloadCpu(),
          row.cpu() / row.downloadCpu(),
          1000 * row.cpu() / row.services());
    }
    report.table(table);
    for (Row row : rows) {
      String of = "quiet cycle of " + row.services();
      double pages = Math.ceil(row.services() / 1000.0);
      report.target(Target.atMost(of, row.requests(), pages, "requests"));
      report.target(Target.atMost(of, row.serviceWrites(), 0, "writes to services"));
      report.target(Target.atMost(of, row.cpu() / row.downloadCpu(), 3, "× CPU of the download"));
    }
    plots(report);
  }

  private void plots(Report report) throws IOException {
    BarPlot bars = new BarPlot("Quiet cycle: processor time, less is better", "ms");
    for (Row row : rows) {
      bars.bar(row.services() + " services", "operator, a cycle", row.cpu());
      bars.bar(row.services() + " services", "download and tokenize", row.downloadCpu());
    }
    report.plot("quiet-cycle", bars);
    if (rows.size() > 1) {
      report.plot(
          "quiet-cycle-growth",
          new LinePlot("A quiet cycle grows with the services", "services", "CPU, ms a cycle")
              .points("operator", points(rows, true))
              .points("download and tokenize", points(rows, false)));
    }
  }

  private static List<LinePlot.Point> points(List<Row> rows, boolean operator) {
    return rows.stream()
        .map(row -> new LinePlot.Point(row.services(), operator ? row.cpu() : row.downloadCpu()))
        .toList();
  }
}
