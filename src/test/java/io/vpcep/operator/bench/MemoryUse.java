package io.vpcep.operator.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What an operator holds of the machine's memory while it mirrors more and more services. */
final class MemoryUse {
  private final int cycles;
  private final List<Row> rows = new ArrayList<>();

  /** MiB, MiB, and bytes. */
  private record Row(int services, double resident, double peak, double heap) {}

  MemoryUse(boolean quick) {
    cycles = quick ? 2 : 6;
  }

  /** MiB of the container that so many services are to fit into. */
  private static int container(int services) {
    return services <= 10_000 ? 128 : 256;
  }

  /** Of an operator without a project. */
  void measureIdle(Stage stage) throws IOException, InterruptedException {
    OperatorUnderTest.Launch launch = stage.launch(stage.newNamespace()).in(container(0));
    try (OperatorUnderTest idle = OperatorUnderTest.ready(launch)) {
      Patience.pause(Mirrored.INTERVAL.multipliedBy(cycles));
      add(0, idle);
    }
  }

  /** Of one that was started anew, after some cycles: what a first sync took is no part of it. */
  void measure(Mirrored mirrored) throws IOException, InterruptedException {
    mirrored.restartOperator(container(mirrored.services()));
    mirrored.awaitCycles(cycles);
    add(mirrored.services(), mirrored.operator());
  }

  private void add(int services, OperatorUnderTest operator)
      throws IOException, InterruptedException {
    // Before the heap, which is looked at after a full collection.
    double resident = operator.residentMebibytes("VmRSS");
    double peak = operator.residentMebibytes("VmHWM");
    rows.add(new Row(services, resident, peak, operator.liveHeapBytes()));
  }

  void report(Report report) throws IOException {
    report.section(
        "Memory",
        """
        One project of N services, with the flags of the image in a container of that size, in a \
        process that found them mirrored, after %d quiet cycles. *Resident*: \
        `VmRSS`; *peak*: `VmHWM`, which listings in flight count into. *Live heap*: in use after a \
        full collection.\
        """
            .formatted(cycles));
    Table table =
        new Table(
            "services",
            "container, MiB",
            "resident, MiB",
            "peak, MiB",
            "live heap, MiB",
            "above none, bytes a service");
    for (Row row : rows) {
      table.row(
          row.services(),
          container(row.services()),
          row.resident(),
          row.peak(),
          row.heap() / (1 << 20),
          row.services() == 0 ? Double.NaN : (row.heap() - rows.get(0).heap()) / row.services());
    }
    report.table(table);
    List<LinePlot.Point> heap =
        rows.stream().map(row -> new LinePlot.Point(row.services(), row.heap())).toList();
    report.target(
        Target.atMost(
            "live heap, by linear fit", Samples.slope(heap), 400, "bytes a mirrored service"));
    for (Row row : rows) {
      if (row.services() == 10_000 || row.services() == 100_000) {
        int most = container(row.services());
        report.target(
            Target.atMost("resident with " + row.services(), row.resident(), most, "MiB"));
      }
    }
    report.plot(
        "memory",
        new LinePlot("Memory by the number of mirrored services", "services", "MiB")
            .points("resident", points(true))
            .points("live heap", points(false)));
  }

  private List<LinePlot.Point> points(boolean resident) {
    return rows.stream()
        .map(
            row ->
                new LinePlot.Point(
                    row.services(), resident ? row.resident() : row.heap() / (1 << 20)))
        .toList();
  }
}
