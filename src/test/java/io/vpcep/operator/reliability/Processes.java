package io.vpcep.operator.reliability;

import io.vpcep.operator.OperatorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Launches the shipped jar as processes. */
final class Processes implements OperatorHost.Launcher {
  private final Path directory;
  private final Map<String, String> settings;
  private volatile OperatorProcess last;
  private int killed;

  /** Without leader election; their logs go to {@code directory}. */
  Processes(Path directory) {
    this(directory, Map.of("VPCEP_LEADER_ELECTION", "false"));
  }

  Processes(Path directory, Map<String, String> settings) {
    this.directory = directory;
    this.settings = new HashMap<>(settings);
  }

  /** Adds a setting of the processes to come. */
  void with(String name, String value) {
    settings.put(name, value);
  }

  @Override
  public OperatorHost.Launched launch(FaultProxy proxy, String namespace) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("VPCEP_WATCH_NAMESPACES", namespace);
    OperatorProcess process = OperatorProcess.start(kubeconfig(proxy), directory, all);
    last = process;
    return new OperatorHost.Launched(process.httpPort(), process::close);
  }

  private Path kubeconfig(FaultProxy proxy) {
    try {
      return Files.writeString(
          Files.createTempFile(directory, "kube", "config"), proxy.kubeconfig());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  OperatorProcess last() {
    return last;
  }

  /** SIGKILL; returns when the process is gone. */
  synchronized void killLast() {
    try {
      last.kill();
      killed++;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized int killed() {
    return killed;
  }
}
