package io.vpcep.operator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A JDK on this machine. */
record Jvm(Path home, String version) {
  private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"([^\"]+)\"");

  /** The one that runs this. */
  static Jvm own() {
    return new Jvm(Path.of(System.getProperty("java.home")), System.getProperty("java.version"));
  }

  /**
   * A JDK 25, which is what the image has: where it is said to be, where {@code JAVA25_HOME} says,
   * or beside the JDK that runs this.
   *
   * @param said its home, or empty
   * @throws IllegalArgumentException where there is none in {@code said}
   */
  static Optional<Jvm> find25(String said) {
    if (!said.isEmpty()) {
      return Optional.of(
          at(Path.of(said))
              .orElseThrow(() -> new IllegalArgumentException("there is no JDK in " + said)));
    }
    Stream<Path> places =
        Stream.concat(Stream.ofNullable(System.getenv("JAVA25_HOME")).map(Path::of), neighbours());
    return Stream.concat(Stream.of(own()), places.flatMap(home -> at(home).stream()))
        .filter(jvm -> jvm.feature() == 25)
        .findFirst();
  }

  private static Stream<Path> neighbours() {
    Path parent = own().home().toAbsolutePath().getParent();
    try (Stream<Path> homes = Files.list(parent)) {
      return homes.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Jvm> at(Path home) {
    try {
      Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
      boolean usable = version.find() && Files.isExecutable(home.resolve("bin").resolve("java"));
      return usable ? Optional.of(new Jvm(home, version.group(1))) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Such as 25. */
  int feature() {
    return Runtime.Version.parse(version).feature();
  }

  /** Where a tool of it lies, such as {@code java}. */
  String tool(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  @Override
  public String toString() {
    return "JDK " + version;
  }
}
