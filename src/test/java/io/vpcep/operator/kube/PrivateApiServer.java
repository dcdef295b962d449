package io.vpcep.operator.kube;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A kube-apiserver and an etcd of one test, started as those of {@link ApiServer} are, which can be
 * killed and started again with the same data on the same ports. The resource definitions are not
 * installed.
 */
public final class PrivateApiServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final List<String> etcdCommand;
  private final List<String> serverCommand;
  private final KubernetesClient admin;
  private Process etcd;
  private Process server;

  /**
   * Starts both; returns when the server is ready.
   *
   * @param directory for the data of etcd, which is empty
   */
  public PrivateApiServer(Path directory) {
    Config shared;
    try (KubernetesClient any = ApiServer.adminClient()) {
      shared = any.getConfiguration();
    }
    int port = freePort();
    String etcdUrl = "http://127.0.0.1:" + freePort();
    etcdCommand = etcdCommand(directory, etcdUrl);
    serverCommand = serverCommand(port, etcdUrl);
    String host = URI.create(shared.getMasterUrl()).getHost();
    Config own =
        new ConfigBuilder(shared)
            .withMasterUrl("https://%s:%d".formatted(host, port))
            // An answer that does not come is what the tests ask for: it is not asked for again.
            .withRequestRetryBackoffLimit(0)
            .withRequestTimeout(5_000)
            .build();
    admin = new KubernetesClientBuilder().withConfig(own).build();
    startEtcd();
    startServer();
  }

  private static List<String> etcdCommand(Path directory, String clientUrl) {
    String peerUrl = "http://127.0.0.1:" + freePort();
    return List.of(
        shared("etcd").info().command().orElseThrow(),
        "--data-dir=" + directory,
        "--listen-client-urls=" + clientUrl,
        "--advertise-client-urls=" + clientUrl,
        "--listen-peer-urls=" + peerUrl,
        "--initial-advertise-peer-urls=" + peerUrl,
        "--initial-cluster=default=" + peerUrl);
  }

  private static List<String> serverCommand(int port, String etcdUrl) {
    ProcessHandle.Info info = shared("kube-apiserver").info();
    List<String> command = new ArrayList<>();
    command.add(info.command().orElseThrow());
    command.addAll(List.of(info.arguments().orElseThrow()));
    command.set(command.indexOf("--secure-port") + 1, String.valueOf(port));
    command.set(command.indexOf("--etcd-servers") + 1, etcdUrl);
    return command;
  }

  private static ProcessHandle shared(String program) {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("/" + program))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no process " + program));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client with all rights, closed with the server. */
  public KubernetesClient admin() {
    return admin;
  }

  /** Starts etcd with the data that it has. */
  public void startEtcd() {
    etcd = start(etcdCommand);
  }

  /** Starts the server; returns when it is ready. */
  public void startServer() {
    server = start(serverCommand);
    awaitReady();
  }

  /** Returns when the server answers and reaches etcd. */
  public void awaitReady() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> isReady() && admin.namespaces().withName("default").get() != null);
  }

  /** False while it does not answer, or does not reach etcd. */
  public boolean isReady() {
    try {
      return "ok".equals(admin.raw("/readyz"));
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  /** Kills the server; returns when it is gone. */
  public void killServer() {
    kill(server);
  }

  /** Kills etcd; returns when it is gone. */
  public void killEtcd() {
    kill(etcd);
  }

  private static Process start(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void kill(Process process) {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    killServer();
    killEtcd();
    admin.close();
  }
}
