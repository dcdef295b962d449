package io.vpcep.operator.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The Markdown pages of the project, read from the working directory of the build. */
final class Pages {
  static final Path OPERATIONS = Path.of("docs", "operations.md");
  static final Path PROJECT = Path.of("docs", "spec", "vpcendpointproject.md");
  static final Path SERVICE = Path.of("docs", "spec", "vpcendpointservice.md");
  static final Path DEPENDENCIES = Path.of("docs", "dependencies.md");

  private Pages() {}

  static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every page: those at the root and those below {@code docs}. */
  static List<Path> all() {
    try (Stream<Path> root = Files.list(Path.of(""));
        Stream<Path> docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(root, docs).filter(path -> path.toString().endsWith(".md")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The row of a table whose first cell is {@code first} in code style. */
  static Optional<String> row(Path page, String first) {
    return text(page).lines().filter(line -> line.startsWith("| `" + first + "` |")).findFirst();
  }

  /** The headings of a page as GitHub makes anchors of them. */
  static List<String> anchors(Path page) {
    return text(page)
        .lines()
        .filter(line -> line.matches("#{1,6} .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
