package io.vpcep.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a process on Linux uses, read again and again, to tell what is flat from what grows. */
final class ProcessReadings {
  private static final Pattern HEAP =
      Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\".*} ([0-9.E]+)$");

  private final List<Reading> readings = new ArrayList<>();

  /** One look: mebibytes, mebibytes, and numbers. */
  record Reading(double heap, double resident, double threads, double files) {}

  /** Takes another look. */
  void read(OperatorProcess process) throws IOException, InterruptedException {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    double files;
    try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
      files = open.count();
    }
    String status = Files.readString(proc.resolve("status"));
    readings.add(
        new Reading(
            heap(process.get("/metrics")) / (1 << 20),
            field(status, "VmRSS") / 1024,
            field(status, "Threads"),
            files));
  }

  private static double heap(String metrics) {
    double sum = 0;
    Matcher line = HEAP.matcher(metrics);
    while (line.find()) {
      sum += Double.parseDouble(line.group(1));
    }
    return sum;
  }

  private static double field(String status, String name) {
    Matcher line = Pattern.compile("(?m)^" + name + ":\\s+([0-9]+)").matcher(status);
    if (!line.find()) {
      throw new IllegalStateException("no " + name + " in /proc");
    }
    return Double.parseDouble(line.group(1));
  }

  /** A row a quantity: its least value in the second and in the last quarter of the time. */
  String table() {
    return row("heap, MiB", Reading::heap)
        + row("resident, MiB", Reading::resident)
        + row("threads", Reading::threads)
        + row("open files", Reading::files);
  }

  private String row(String name, ToDoubleFunction<Reading> quantity) {
    return String.format(
        Locale.ROOT,
        "%-14s  %8.1f  %8.1f%n",
        name,
        least(quantity, 0.25, 0.5),
        least(quantity, 0.75, 1));
  }

  /** True when some quantity is more than a third and more than a few above what it was. */
  boolean grows() {
    return Stream.<ToDoubleFunction<Reading>>of(
            Reading::heap, Reading::resident, Reading::threads, Reading::files)
        .anyMatch(
            quantity -> {
              double before = least(quantity, 0.25, 0.5);
              return least(quantity, 0.75, 1) > Math.max(before * 1.34, before + 16);
            });
  }

  private double least(ToDoubleFunction<Reading> quantity, double from, double to) {
    return readings.subList((int) (readings.size() * from), (int) (readings.size() * to)).stream()
        .mapToDouble(quantity)
        .min()
        .orElse(0);
  }
}
