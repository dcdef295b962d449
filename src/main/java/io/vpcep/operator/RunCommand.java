package io.vpcep.operator;

import io.fabric8.kubernetes.client.Config;
import io.vpcep.operator.config.InvalidSettings;
import io.vpcep.operator.config.OperatorConfig;
import io.vpcep.operator.config.ProxySettings;
import io.vpcep.operator.ops.Logging;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the operator until it is told to stop. */
@Command(
    name = "run",
    description =
        "Runs the operator. Finds the cluster as every Kubernetes client does: KUBECONFIG,"
            + " ~/.kube/config, in-cluster.")
final class RunCommand implements Callable<Integer>, SelfChecking {
  private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

  /** A chain of causes may be a circle. */
  private static final int MOST_CAUSES = 16;

  private static final int HTTPS_PORT = 443;

  @Spec private CommandSpec spec;

  private final AtomicBoolean stopping = new AtomicBoolean();

  private OperatorConfig config;

  @Override
  public List<String> problems() {
    try {
      config =
          OperatorConfig.read(
              RunOptions.over(Environment.variables(), spec.commandLine().getParseResult()));
      return List.of();
    } catch (InvalidSettings e) {
      return e.problems();
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    Logging.use(config.logFormat());
    try (OperatorAssembly assembly =
        OperatorAssembly.start(config, clusterConfig(), Environment.time(), this::lostLease)) {
      waitForSignal(assembly);
      return ExitCode.OK;
    } catch (IOException | RuntimeException e) {
      log.atError().log("The operator cannot start: {}", reason(e));
      log.atDebug().setCause(e).log("Where that was noticed");
      return ExitCode.SOFTWARE;
    }
  }

  /** What to tell the user: each message on the way to the cause, with what it is about. */
  static String reason(Throwable trouble) {
    String messages =
        Stream.iterate(trouble, Objects::nonNull, Throwable::getCause)
            .limit(MOST_CAUSES)
            .filter(cause -> cause.getMessage() != null && !cause.getMessage().isBlank())
            .map(cause -> cause.getClass().getSimpleName() + ": " + cause.getMessage())
            .distinct()
            .collect(Collectors.joining("; cause: "));
    return messages.isEmpty()
        ? trouble.getClass().getName() + " without a message, at " + place(trouble)
        : messages;
  }

  private static String place(Throwable trouble) {
    StackTraceElement[] stack = trouble.getStackTrace();
    return stack.length == 0 ? "an unknown place" : stack[0].toString();
  }

  /** The configuration of the cluster, from where every Kubernetes client has it. */
  static Config clusterConfig() {
    try {
      return calledAsExcepted(Config.autoConfigure(null));
    } catch (RuntimeException e) {
      // Without the cause: a parser quotes what it reads, and that holds credentials.
      throw new IllegalStateException(
          "the kubeconfig (KUBECONFIG, or ~/.kube/config) cannot be read: "
              + e.getClass().getSimpleName());
    }
  }

  /**
   * Heeds NO_PROXY towards the API server as towards clouds; the client itself would not start with
   * {@code *} in it, or a blank.
   */
  static Config calledAsExcepted(Config cluster) {
    String[] noProxy = cluster.getNoProxy();
    String exceptions = noProxy == null ? "" : String.join(",", noProxy);
    URI server = URI.create(cluster.getMasterUrl());
    try {
      int port = server.getPort() > 0 ? server.getPort() : HTTPS_PORT;
      if (ProxySettings.read(Map.of("NO_PROXY", exceptions)).isException(server.getHost(), port)) {
        cluster.setHttpProxy(null);
        cluster.setHttpsProxy(null);
      }
      cluster.setNoProxy(new String[0]);
    } catch (InvalidSettings e) {
      // Not of the environment, which was checked before: the client has its own opinion of it.
      log.atDebug().setCause(e).log("Cannot read the exceptions from proxies");
    }
    return cluster;
  }

  /** Keeps the process alive; a signal stops the parts in order. */
  private void waitForSignal(OperatorAssembly assembly) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopping.set(true);
                  log.atInfo().log("The operator stops");
                  assembly.close();
                },
                "shutdown"));
    never.await();
  }

  /** Another process may be writing by now: ends at once, without a last write. */
  private void lostLease() {
    if (!stopping.get()) {
      log.atError().log("The lease is lost: another replica leads. Ending, to be started again");
      Runtime.getRuntime().halt(ExitCode.SOFTWARE);
    }
  }
}
