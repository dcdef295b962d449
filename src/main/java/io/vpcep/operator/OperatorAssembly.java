package io.vpcep.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vpcep.operator.cloud.CloudCatalog;
import io.vpcep.operator.cloud.RequestObserver;
import io.vpcep.operator.cloud.auth.LocalIdentity;
import io.vpcep.operator.cluster.ClusterAccess;
import io.vpcep.operator.cluster.KubernetesMirror;
import io.vpcep.operator.cluster.SecretCredentials;
import io.vpcep.operator.config.OperatorConfig;
import io.vpcep.operator.controller.KubernetesEvents;
import io.vpcep.operator.controller.KubernetesStatusWriter;
import io.vpcep.operator.controller.ProjectController;
import io.vpcep.operator.controller.Time;
import io.vpcep.operator.ops.Health;
import io.vpcep.operator.ops.HealthCheck;
import io.vpcep.operator.ops.HttpEndpoints;
import io.vpcep.operator.ops.JvmMetrics;
import io.vpcep.operator.ops.OperatorMetrics;
import io.vpcep.operator.sync.Synchronizer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running operator: wires the packages together, and is the only class that sees every one of
 * them.
 */
final class OperatorAssembly implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OperatorAssembly.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private HttpEndpoints http;

  private OperatorAssembly() {}

  /**
   * Starts everything; returns when projects are being watched.
   *
   * @param cluster where the cluster is and who we are
   * @param lostLease called when this process was the leader and is no more
   * @throws IOException when the HTTP port cannot be had
   */
  static OperatorAssembly start(
      OperatorConfig config, Config cluster, Time time, Runnable lostLease) throws IOException {
    OperatorAssembly assembly = new OperatorAssembly();
    try {
      assembly.startParts(config, cluster, time, lostLease);
      return assembly;
    } catch (IOException | RuntimeException e) {
      assembly.close();
      throw e;
    }
  }

  private void startParts(OperatorConfig config, Config cluster, Time time, Runnable lostLease)
      throws IOException {
    ClusterAccess access = closing(ClusterAccess.to(cluster));
    KubernetesClient client = access.client();
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    parts.push(registry::close);
    OperatorMetrics metrics = new OperatorMetrics(registry);
    closing(new JvmMetrics(registry));
    CloudCatalog catalog =
        closing(
            CloudCatalog.create(
                config.endpoints(),
                new CloudCatalog.Clocks(time.clock(), System::nanoTime),
                time.jitter()::next,
                observer(metrics),
                LocalIdentity.of(Environment.variables())));
    KubernetesMirror mirror =
        closing(
            new KubernetesMirror(access, config.watchNamespaces(), metrics::wrote, time.clock()));
    KubernetesEvents events =
        closing(new KubernetesEvents(client, time.clock(), Environment.hostName()));
    ProjectController.Ports ports =
        new ProjectController.Ports(
            new Synchronizer(catalog, mirror, time.clock()),
            mirror,
            new SecretCredentials(client),
            new KubernetesStatusWriter(client),
            events,
            metrics,
            time);
    ProjectController controller =
        closing(
            new ProjectController(
                client,
                config,
                ports,
                MicrometerMetrics.withoutPerResourceMetrics(registry),
                lostLease));
    http =
        closing(
            HttpEndpoints.start(config.httpPort(), health(mirror, controller), registry::scrape));
    mirror.start();
    controller.start();
    log.atInfo().addKeyValue("version", VersionProvider.version()).log("The operator runs");
  }

  private static RequestObserver observer(OperatorMetrics metrics) {
    return new RequestObserver() {
      @Override
      public void answered(String host, int status) {
        metrics.apiAnswered(host, status);
      }

      @Override
      public void unanswered(String host) {
        metrics.apiUnanswered(host);
      }

      @Override
      public void throttled(String host) {
        metrics.apiThrottled(host);
      }

      @Override
      public void waited(String host) {
        metrics.apiWaited(host);
      }

      @Override
      public void budget(String host, double requestsPerSecond, int waiting) {
        metrics.apiBudget(host, requestsPerSecond, waiting);
      }
    };
  }

  private static Health health(KubernetesMirror mirror, ProjectController controller) {
    return new Health(
        List.of(
            new HealthCheck("mirror-watch", () -> unless(mirror.isRunning(), "the watch ended")),
            new HealthCheck("project-watch", controller::stoppedWatch)),
        List.of(
            new HealthCheck(
                "mirror",
                () -> unless(mirror.isComplete(), "not every VpcEndpointService was seen yet")),
            new HealthCheck("projects", controller::incompleteView)));
  }

  private static Optional<String> unless(boolean fine, String problem) {
    return fine ? Optional.empty() : Optional.of(problem);
  }

  /** The port of health and metrics. */
  int httpPort() {
    return http.port();
  }

  private <T extends AutoCloseable> T closing(T part) {
    parts.push(part);
    return part;
  }

  /** Stops everything, the last part first. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        log.atWarn()
            .addKeyValue("part", part.getClass().getSimpleName())
            .setCause(e)
            .log("A part did not stop as it should");
      }
    }
  }
}
