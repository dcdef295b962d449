package io.vpcep.operator.bench;

import io.vpcep.operator.image.ImageTraining;
import io.vpcep.operator.kube.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import org.opentest4j.TestAbortedException;

/**
 * Measures the operator beside what it is up against, on a real API server, and writes {@code
 * target/bench/report.md}. Options are system properties: {@code bench.quick} for a look of some
 * minutes; {@code bench.only} with some of {@code
 * firstsync,quiet,memory,projects,faults,startup,jmh}; {@code bench.sizes} and {@code bench.memory}
 * with numbers of services; {@code bench.projects} and {@code bench.minutes} for many projects;
 * {@code bench.jdk25} for the home of a JDK 25.
 */
public final class Bench {
  private final BenchOptions options;
  private final Report report = new Report();
  private final Optional<Jvm> jdk25;
  private boolean isComplete = true;

  private Bench(BenchOptions options) {
    this.options = options;
    this.jdk25 = Jvm.find25(options.jdk25());
  }

  /** Ends the JVM in every case: threads of servers would keep it alive. */
  public static void main(String[] args) {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      Files.createDirectories(Report.DIRECTORY);
      Files.deleteIfExists(Report.DIRECTORY.resolve("operator.log"));
      Bench bench = new Bench(BenchOptions.read());
      bench.run();
      System.exit(bench.isComplete ? 0 : 1);
    } catch (TestAbortedException e) {
      System.err.println(e.getMessage());
      System.err.println("Have one downloaded by -Dkube-api.download=true, once.");
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
    } catch (Exception e) {
      e.printStackTrace();
    }
    System.exit(1);
  }

  private void run() throws Exception {
    double busy = Machine.busyCores();
    // What the image has, where it can be had.
    Jvm jvm = jdk25.orElse(Jvm.own());
    ApiServer.require();
    ImageTraining.prepare(jdk25.map(jdk -> Path.of(jdk.tool("java"))));
    try (Stage stage = Stage.open(jvm)) {
      introduce(stage, busy);
      sized(stage);
      part("projects", () -> new ManyProjects(stage, options).run(report));
      part("faults", () -> new FaultyNeighbours(stage, options.quick()).run(report));
      part("startup", () -> new Startup(stage, jdk25, options.quick()).run(report));
    }
    part("jmh", () -> new MicroBenchmarks(jvm, options.quick()).run(report));
    report.fact("other things at the end, cores", Table.number(Machine.busyCores()));
    report.note("All of it: " + Report.DIRECTORY.resolve("report.md").toAbsolutePath());
  }

  /** A step that may fail by itself. */
  private interface Step {
    void run() throws Exception;
  }

  private void part(String benchmark, Step step) throws Exception {
    if (options.wants(benchmark)) {
      attempt(benchmark, step);
    }
  }

  /** What fails is told, and what comes after it is measured all the same. */
  private void attempt(String what, Step step) throws Exception {
    try {
      step.run();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      isComplete = false;
      e.printStackTrace();
      report.note("**Failed: " + what + ".** " + e);
    }
  }

  private void introduce(Stage stage, double busy) {
    report.fact("machine", Machine.description());
    report.fact("other things at the beginning, cores", Table.number(busy) + warning(busy));
    report.fact("operator", "runs on " + stage.jvm() + " as in the image, in 256 MiB");
    report.fact("API server", stage.serverVersion() + ", on the same machine");
    report.fact("cloud", "the simulator, in the process that measures");
    report.fact("options", options.toString());
  }

  private static String warning(double busy) {
    return busy > Machine.cores() / 10.0
        ? ": **the machine was busy with other things, times mean little**"
        : "";
  }

  /** What depends on the number of services, size by size, so that a mirror serves several. */
  private void sized(Stage stage) throws Exception {
    FirstSync first = options.wants("firstsync") ? new FirstSync(stage, options.quick()) : null;
    QuietCycle quiet = options.wants("quiet") ? new QuietCycle(options.quick()) : null;
    ChangedCycle changed = options.wants("quiet") ? new ChangedCycle() : null;
    MemoryUse memory = options.wants("memory") ? new MemoryUse(options.quick()) : null;
    if (first != null) {
      for (int size : options.sizes()) {
        attempt("first sync of " + size, () -> first.measure(size));
      }
      first.report(report);
    }
    if (memory != null) {
      memory.measureIdle(stage);
    }
    for (int size : mirroredSizes()) {
      attempt("a mirror of " + size, () -> mirrored(stage, size, quiet, changed, memory));
    }
    if (quiet != null) {
      quiet.report(report);
      changed.report(report);
    }
    if (memory != null) {
      memory.report(report);
    }
  }

  private void mirrored(
      Stage stage, int size, QuietCycle quiet, ChangedCycle changed, MemoryUse memory)
      throws IOException, InterruptedException {
    try (Mirrored mirrored = Mirrored.of(stage, size)) {
      if (quiet != null && options.sizes().contains(size)) {
        quiet.measure(mirrored);
        changed.measure(mirrored);
      }
      if (memory != null) {
        memory.measure(mirrored);
      }
    }
  }

  private TreeSet<Integer> mirroredSizes() {
    TreeSet<Integer> sizes = new TreeSet<>();
    if (options.wants("quiet") || options.wants("memory")) {
      sizes.addAll(options.sizes());
    }
    if (options.wants("memory")) {
      sizes.addAll(options.memorySizes());
    }
    return sizes;
  }
}
