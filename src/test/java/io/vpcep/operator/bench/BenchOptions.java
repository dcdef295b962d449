package io.vpcep.operator.bench;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What to measure, and how much of it.
 *
 * @param quick less of everything, for a look at it
 * @param only names of the benchmarks to run
 * @param sizes numbers of services to write, poll and keep
 * @param memorySizes numbers of services of which the memory alone is measured
 * @param projects how many projects share an operator in {@code projects}
 * @param observed how long that is looked at
 * @param jdk25 home of a JDK 25, or empty: looked for
 */
record BenchOptions(
    boolean quick,
    Set<String> only,
    List<Integer> sizes,
    List<Integer> memorySizes,
    int projects,
    Duration observed,
    String jdk25) {
  static final List<String> ALL =
      List.of("firstsync", "quiet", "memory", "projects", "faults", "startup", "jmh");

  /**
   * Reads {@code bench.*}; an empty property is an absent one.
   *
   * @throws IllegalArgumentException naming the property and the remedy
   */
  static BenchOptions read() {
    boolean quick = !text("quick", "false").equals("false");
    Set<String> only = new TreeSet<>(list(text("only", String.join(",", ALL))));
    if (!ALL.containsAll(only)) {
      throw new IllegalArgumentException("bench.only is some of " + ALL + ", not " + only);
    }
    return new BenchOptions(
        quick,
        only,
        numbers("sizes", quick ? "500,5000" : "1000,10000,50000"),
        numbers("memory", quick ? "" : "100000"),
        numbers("projects", quick ? "100" : "1000").get(0),
        Duration.ofSeconds((long) (60 * number("minutes", quick ? "0.5" : "5"))),
        text("jdk25", ""));
  }

  boolean wants(String benchmark) {
    return only.contains(benchmark);
  }

  private static String text(String name, String byDefault) {
    String value = System.getProperty("bench." + name, "").strip();
    return value.isEmpty() ? byDefault : value;
  }

  private static double number(String name, String byDefault) {
    try {
      return Double.parseDouble(text(name, byDefault));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("bench." + name + " is a number, such as " + byDefault, e);
    }
  }

  private static List<Integer> numbers(String name, String byDefault) {
    try {
      return list(text(name, byDefault)).stream().map(Integer::valueOf).sorted().toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("bench." + name + " is numbers, such as 1000,10000", e);
    }
  }

  private static List<String> list(String text) {
    return Stream.of(text.split(",")).map(String::strip).filter(it -> !it.isEmpty()).toList();
  }
}
