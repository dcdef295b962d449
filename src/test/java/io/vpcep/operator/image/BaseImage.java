package io.vpcep.operator.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A container image in a file, in the form that {@code docker load} takes, of which the Java
 * runtime is wanted.
 */
final class BaseImage {
  private static final String JAVA_HOME = "JAVA_HOME=";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path unpacked;

  private BaseImage(Path unpacked) {
    this.unpacked = unpacked;
  }

  /**
   * Unpacks the outermost of an image.
   *
   * @param directory that is there and empty
   * @throws IOException also where the file is no image
   */
  static BaseImage unpack(Path image, Path directory) throws IOException, InterruptedException {
    if (tar("-xf", image.toString(), "-C", directory.toString()) != 0) {
      throw new IOException(image + " cannot be unpacked");
    }
    return new BaseImage(directory);
  }

  /**
   * Unpacks the Java runtime, with the times of its files, and tries it.
   *
   * @return its {@code java}; empty where the image has none, or none that runs on this machine
   */
  Optional<Path> java() throws IOException, InterruptedException {
    JsonNode manifest = json("manifest.json").path(0);
    Optional<String> home = javaHome(json(manifest.path("Config").asText()));
    if (home.isEmpty()) {
      return Optional.empty();
    }
    Path root = Files.createDirectories(unpacked.resolve("root"));
    for (JsonNode layer : manifest.path("Layers")) {
      // Most layers do not have it, which is an error for tar and none here.
      tar(
          "-xzf",
          unpacked.resolve(layer.asText()).toString(),
          "-C",
          root.toString(),
          "--no-same-owner",
          home.get());
    }
    Path java = root.resolve(home.get()).resolve("bin").resolve("java");
    return Files.isExecutable(java) && runs(java) ? Optional.of(java) : Optional.empty();
  }

  private JsonNode json(String name) throws IOException {
    return JSON.readTree(Files.readString(unpacked.resolve(name)));
  }

  /** As the archives of the layers name it: without a slash at the beginning. */
  private static Optional<String> javaHome(JsonNode config) {
    for (JsonNode variable : config.path("config").path("Env")) {
      if (variable.asText().startsWith(JAVA_HOME + "/")) {
        return Optional.of(variable.asText().substring(JAVA_HOME.length() + 1));
      }
    }
    return Optional.empty();
  }

  /** False for one of another operating system or processor. */
  private static boolean runs(Path java) throws InterruptedException {
    try {
      return call(java.toString(), "-version") == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static int tar(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = "tar";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return call(command);
  }

  private static int call(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException(command[0] + " did not end");
    }
    return process.exitValue();
  }
}
