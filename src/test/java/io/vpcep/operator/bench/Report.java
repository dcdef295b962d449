package io.vpcep.operator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was found, told to the console as it comes and to a page with plots. */
final class Report {
  /** Where everything goes that a run leaves behind. */
  static final Path DIRECTORY = Path.of("target", "bench");

  private final StringBuilder sections = new StringBuilder();
  private final List<Target> targets = new ArrayList<>();
  private final Map<String, String> facts = new TreeMap<>();

  /** A fact about the machine or what runs on it. */
  void fact(String name, String value) {
    facts.put(name, value);
    System.out.println(name + ": " + value);
  }

  void section(String title, String explanation) throws IOException {
    add("\n## " + title + "\n\n" + explanation + "\n");
  }

  void table(Table table) throws IOException {
    add("\n" + table.markdown());
  }

  void note(String text) throws IOException {
    add("\n" + text + "\n");
  }

  void target(Target target) throws IOException {
    targets.add(target);
    add(
        "\n%s: **%s** %s; wanted %s: %s\n"
            .formatted(
                target.what(),
                Table.number(target.measured()),
                target.unit(),
                target.wanted(),
                target.isMet() ? "met" : "**missed**"));
  }

  /** Shows a plot. */
  void plot(String name, Plot plot) throws IOException {
    Files.writeString(DIRECTORY.resolve(name + ".svg"), plot.svg());
    sections.append("\n![").append(plot.title()).append("](").append(name).append(".svg)\n");
    write();
  }

  private void add(String text) throws IOException {
    System.out.print(text);
    sections.append(text);
    write();
  }

  /** Again and again, so that a run that is ended leaves what it has. */
  private void write() throws IOException {
    Files.writeString(DIRECTORY.resolve("report.md"), "# Benchmarks\n" + head() + sections);
  }

  private String head() {
    Table about = new Table("what", "which");
    facts.forEach(about::row);
    Table summary = new Table("target", "measured", "wanted", "");
    for (Target target : targets) {
      summary.row(
          target.what(),
          Table.number(target.measured()) + " " + target.unit(),
          target.wanted(),
          target.isMet() ? "met" : "**missed**");
    }
    return "\n" + about.markdown() + (targets.isEmpty() ? "" : "\n" + summary.markdown());
  }
}
