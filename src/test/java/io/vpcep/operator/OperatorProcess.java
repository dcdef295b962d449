package io.vpcep.operator;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The runnable jar in a process of its own, to be killed. */
public final class OperatorProcess implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final Path log;
  private final int port;

  private OperatorProcess(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** Starts {@code run} with a free HTTP port; its output goes to a file in {@code directory}. */
  public static OperatorProcess start(
      Path kubeconfig, Path directory, Map<String, String> settings) {
    try {
      int port = freePort();
      Path log = Files.createTempFile(directory, "operator", ".log");
      ProcessBuilder builder = new ProcessBuilder(command());
      builder.environment().keySet().removeIf(name -> name.startsWith("VPCEP_"));
      builder.environment().put("KUBECONFIG", kubeconfig.toString());
      builder.environment().put("VPCEP_HTTP_PORT", String.valueOf(port));
      builder.environment().put("VPCEP_ALLOW_INSECURE_ENDPOINTS", "true");
      builder.environment().putAll(settings);
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      return new OperatorProcess(process, log, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-jar", "target/vpcep-operator.jar", "run"));
    return command;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Returns when it is ready; fails when it ended. */
  public void awaitReady() {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !process.isAlive() || status("/readyz") == 200);
    if (!process.isAlive()) {
      throw new AssertionError("the operator ended: " + output());
    }
  }

  /** Where health and metrics are served. */
  public int httpPort() {
    return port;
  }

  /** The status of a GET, or 0 where nobody answers. */
  public int status(String path) {
    try {
      return HTTP.send(request(path), BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** The body of the answer to a GET. */
  public String get(String path) throws IOException, InterruptedException {
    return HTTP.send(request(path), BodyHandlers.ofString()).body();
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(60))
        .build();
  }

  /** Everything that it has logged so far. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as a power cut would. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks it to end, as a kubelet does. */
  public int terminate() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  /** For signals. */
  public long pid() {
    return process.pid();
  }

  /** False once it has ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it ended with. */
  public int exitValue() {
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
