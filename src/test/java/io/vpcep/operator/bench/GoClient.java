package io.vpcep.operator.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bare client in Go, which does nothing but the same writes with its standard library. It is
 * built where there is a {@code go}.
 */
record GoClient(String binary, String version) {
  private static final String SOURCE = "src/test/go/bareclient/main.go";

  /** Builds it, if that can be done here. */
  static Optional<GoClient> build() throws InterruptedException {
    String binary = Report.DIRECTORY.resolve("bareclient").toAbsolutePath().toString();
    try {
      ChildProcess.output(List.of("go", "build", "-o", binary, SOURCE));
      return Optional.of(
          new GoClient(binary, ChildProcess.output(List.of("go", "version")).strip()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes a file of resources; returns the seconds.
   *
   * @param access variables that say where the API server is
   */
  double write(Map<String, String> access, Path objects, String namespace)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(binary, objects.toString(), namespace, String.valueOf(RawLoop.WRITERS));
    return ChildProcess.figures(command, access).get("seconds");
  }

  @Override
  public String toString() {
    return version;
  }
}
