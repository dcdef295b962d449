package io.vpcep.operator.bench;

import io.vpcep.operator.image.ImageTraining;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the image holds, in a process of its own. */
final class OperatorUnderTest implements AutoCloseable {
  /** What the image holds, in a container of 256 MiB as {@code deploy} asks for. */
  private static final List<String> AS_IN_THE_IMAGE =
      List.of(
          "@" + ImageTraining.OPTIONS, "-XX:AOTCache=" + ImageTraining.CACHE, "-XX:MaxRAM=256m");

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern USED =
      Pattern.compile("(?im)^\\s*(?:def new|defnew|tenured).*used (\\d+)K");

  private final Jvm jvm;
  private final Process process;
  private final int port;
  private final Path log;

  private OperatorUnderTest(Jvm jvm, Process process, int port, Path log) {
    this.jvm = jvm;
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /**
   * What to start.
   *
   * @param access variables that say where the API server is, as in a pod without a kubeconfig
   * @param namespaces that it watches
   * @param flags of the JVM, after those of the image
   */
  record Launch(Jvm jvm, Map<String, String> access, List<String> namespaces, List<String> flags) {

    /** The same in a container of so many MiB. */
    Launch in(int mebibytes) {
      return new Launch(jvm, access, namespaces, List.of("-XX:MaxRAM=" + mebibytes + "m"));
    }

    /** The same by way of a proxy, which knows who asks. */
    Launch through(URI proxy) {
      Map<String, String> there =
          Map.of("KUBERNETES_AUTH_TRYKUBECONFIG", "false", "KUBERNETES_MASTER", proxy.toString());
      return new Launch(jvm, there, namespaces, flags);
    }
  }

  /** Does not wait until it is ready. */
  static OperatorUnderTest start(Launch launch) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    List<String> command = new ArrayList<>(List.of(launch.jvm().tool("java")));
    command.addAll(AS_IN_THE_IMAGE);
    command.addAll(launch.flags());
    command.addAll(List.of("-jar", ImageTraining.JAR.toString(), "run"));
    Path log = Report.DIRECTORY.resolve("operator.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("VPCEP_"));
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    builder.environment().remove("KUBECONFIG");
    builder.environment().putAll(launch.access());
    builder.environment().put("VPCEP_HTTP_PORT", String.valueOf(port));
    builder.environment().put("VPCEP_WATCH_NAMESPACES", String.join(",", launch.namespaces()));
    builder.environment().put("VPCEP_LEADER_ELECTION", "false");
    builder.environment().put("VPCEP_ALLOW_INSECURE_ENDPOINTS", "true");
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new OperatorUnderTest(launch.jvm(), process, port, log);
  }

  /** Starts it and waits until it is ready. */
  static OperatorUnderTest ready(Launch launch) throws IOException, InterruptedException {
    OperatorUnderTest operator = start(launch);
    try {
      operator.awaitReady();
      return operator;
    } catch (RuntimeException | InterruptedException e) {
      operator.close();
      throw e;
    }
  }

  void awaitReady() throws InterruptedException {
    Patience.until(PATIENCE, Duration.ofMillis(5), () -> !process.isAlive() || isReady());
    checkAlive();
  }

  private boolean isReady() {
    try {
      return open("/readyz").getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpURLConnection open(String path) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(2000);
    connection.setReadTimeout(5000);
    return connection;
  }

  void checkAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the operator ended: see " + log);
    }
  }

  /** The sum of the samples of a metric. */
  double metric(String name) throws IOException {
    String scrape =
        new String(open("/metrics").getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher sample =
        Pattern.compile("(?m)^" + name + "(?:\\{.*\\})? ([0-9.E+-]+)$").matcher(scrape);
    double sum = 0;
    while (sample.find()) {
      sum += Double.parseDouble(sample.group(1));
    }
    return sum;
  }

  /** Processor time since it began, of user and system. */
  double cpuSeconds() {
    checkAlive();
    return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  /** Memory that it holds, in MiB; {@code what} is {@code VmRSS} or {@code VmHWM}, its peak. */
  double residentMebibytes(String what) throws IOException {
    checkAlive();
    String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
    Matcher line = Pattern.compile("(?m)^" + what + ":\\s+([0-9]+) kB").matcher(status);
    if (!line.find()) {
      throw new IOException("no " + what + " in /proc");
    }
    return Double.parseDouble(line.group(1)) / 1024;
  }

  /** Bytes of heap that are in use after a full collection. */
  double liveHeapBytes() throws IOException, InterruptedException {
    checkAlive();
    String pid = Long.toString(process.pid());
    ChildProcess.output(List.of(jvm.tool("jcmd"), pid, "GC.run"));
    Matcher used =
        USED.matcher(ChildProcess.output(List.of(jvm.tool("jcmd"), pid, "GC.heap_info")));
    double bytes = 0;
    while (used.find()) {
      bytes += Double.parseDouble(used.group(1)) * 1024;
    }
    return bytes;
  }

  /** Ends it as a kubelet does. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
