package io.vpcep.operator.reliability;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vpcep.operator.OperatorInstance;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Runs operators for one namespace, each behind a proxy of its own. One that was cut off is
 * replaced by a new one, as a kubelet would.
 */
class OperatorHost implements AutoCloseable {
  /** So long a machine that is busy with other things may keep a request waiting. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  /** Half of the client's default: tests of what hangs take so long. */
  private static final Duration IMPATIENT = Duration.ofSeconds(5);

  private final String namespace = "reliability-" + UUID.randomUUID().toString().substring(0, 8);
  private final List<FaultProxy> proxies = new CopyOnWriteArrayList<>();
  private final List<Launched> operators = new CopyOnWriteArrayList<>();
  private final List<Thread> ending = new ArrayList<>();
  private final Deque<FaultProxy.Rule> rules = new ArrayDeque<>();
  private final Launcher launcher;
  private Config user;

  /** How an operator is started. */
  interface Launcher {
    Launched launch(FaultProxy proxy, String namespace);
  }

  /**
   * An operator that was started.
   *
   * @param httpPort where health and metrics are served
   * @param end ends it in some way
   */
  record Launched(int httpPort, Runnable end) {}

  OperatorHost(Launcher launcher, Config user) {
    this.launcher = launcher;
    this.user = user;
  }

  final String namespace() {
    return namespace;
  }

  /** An operator that waits for answers longer than it would by itself. */
  static Launched withinThisJvm(FaultProxy proxy, String namespace) {
    return launch(proxy, namespace, PATIENT);
  }

  /** The same, but it soon notices what hangs. */
  static Launched impatient(FaultProxy proxy, String namespace) {
    return launch(proxy, namespace, IMPATIENT);
  }

  private static Launched launch(FaultProxy proxy, String namespace, Duration patience) {
    int millis = Math.toIntExact(patience.toMillis());
    Config config =
        new ConfigBuilder(proxy.config())
            .withRequestTimeout(millis)
            .withWebsocketPingInterval((long) millis)
            .build();
    OperatorInstance operator = OperatorInstance.start(config, namespace, Map.of());
    return new Launched(operator.httpPort(), operator::close);
  }

  /** Asks the API server as somebody else. */
  final void actAs(Config other) {
    user = other;
  }

  /** What the proxies of the next operators do from the start; of those after them: nothing. */
  final void expect(FaultProxy.Rule rule) {
    rules.add(rule);
  }

  /** Starts an operator behind a proxy of its own. */
  final FaultProxy startOperator() {
    FaultProxy proxy = FaultProxy.ofApiServer(user);
    if (!rules.isEmpty()) {
      proxy.follow(rules.remove());
    }
    proxies.add(proxy);
    operators.add(launcher.launch(proxy, namespace));
    return proxy;
  }

  final FaultProxy proxy() {
    return proxies.get(proxies.size() - 1);
  }

  /** True once an operator was begun to be started. */
  final boolean hasOperator() {
    return !proxies.isEmpty();
  }

  /** The one that was started last. */
  final Launched operator() {
    return operators.get(operators.size() - 1);
  }

  /** What reached the API server from all the operators that there were. */
  final long count(Predicate<ApiRequest> which) {
    return proxies.stream().mapToLong(proxy -> proxy.count(which)).sum();
  }

  /** Starts a new operator where the last one was cut off. */
  final void replaceTheDead() {
    if (!proxies.isEmpty() && proxy().isCutOff()) {
      // A request that is under way in the API server ends long before a new process is there.
      proxy().awaitIdle();
      endAside(operators.remove(operators.size() - 1));
      startOperator();
    }
  }

  /** Nothing that it still does reaches anybody: nobody waits for it. */
  private void endAside(Launched dead) {
    Thread end = new Thread(dead.end(), "end-of-operator");
    end.start();
    ending.add(end);
  }

  @Override
  public void close() {
    proxies.forEach(FaultProxy::cutOff);
    operators.forEach(operator -> operator.end().run());
    try {
      for (Thread end : ending) {
        end.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    proxies.forEach(FaultProxy::close);
  }
}
