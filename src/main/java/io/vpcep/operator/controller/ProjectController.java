package io.vpcep.operator.controller;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.vpcep.operator.config.OperatorConfig;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.ops.OperatorMetrics;
import io.vpcep.operator.sync.CredentialSource;
import io.vpcep.operator.sync.Mirror;
import io.vpcep.operator.sync.Synchronizer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Assembles and runs the JOSDK operator with its one reconciler. */
public final class ProjectController implements AutoCloseable {
  /** So many projects may wait for a slow cloud at a time. */
  private static final int MOST_SYNCS = 200;

  private static final Duration LAST_SYNCS = Duration.ofSeconds(10);
  private static final Duration AFTER_DEFECT = Duration.ofMinutes(1);
  private static final long LIST_LIMIT = 500;

  private final Operator operator;
  private final ExecutorService syncs = syncThreads();

  /** What the controller works with. */
  public record Ports(
      Synchronizer synchronizer,
      Mirror mirror,
      CredentialSource credentials,
      StatusWriter statuses,
      EventRecorder events,
      OperatorMetrics metrics,
      Time time) {}

  /**
   * A controller that is not running yet.
   *
   * @param josdkMetrics metrics of JOSDK itself
   * @param lostLease called when this process was the leader and is no more
   */
  public ProjectController(
      KubernetesClient client,
      OperatorConfig config,
      Ports ports,
      Metrics josdkMetrics,
      Runnable lostLease) {
    this.operator =
        new Operator(
            overrider -> {
              overrider
                  .withKubernetesClient(client)
                  .withCloseClientOnStop(false)
                  .withMetrics(josdkMetrics)
                  .withExecutorService(syncs)
                  .withStopOnInformerErrorDuringStartup(false)
                  .withReconciliationTerminationTimeout(LAST_SYNCS);
              leaderElection(overrider, config, lostLease);
            });
    operator.register(
        new ProjectReconciler(cycle(ports), ports.metrics(), AFTER_DEFECT),
        overrider -> configure(overrider, config));
  }

  static ProjectCycle cycle(Ports ports) {
    ProjectReporter reporter =
        new ProjectReporter(ports.statuses(), new ProjectEvents(ports.events()), ports.metrics());
    return new ProjectCycle(
        ports.synchronizer(), ports.mirror(), ports.credentials(), reporter, ports.time());
  }

  private static void leaderElection(
      ConfigurationServiceOverrider overrider, OperatorConfig config, Runnable lostLease) {
    if (!config.leaderElection().enabled()) {
      return;
    }
    LeaderCallbacks callbacks = new LeaderCallbacks(() -> {}, lostLease, leader -> {});
    overrider.withLeaderElectionConfiguration(
        new LeaderElectionConfiguration(
            config.leaderElection().leaseName(),
            config.leaderElection().leaseNamespace(),
            LeaderElectionConfiguration.LEASE_DURATION_DEFAULT_VALUE,
            LeaderElectionConfiguration.RENEW_DEADLINE_DEFAULT_VALUE,
            LeaderElectionConfiguration.RETRY_PERIOD_DEFAULT_VALUE,
            null,
            callbacks,
            false));
  }

  static void configure(
      ControllerConfigurationOverrider<VpcEndpointProject> overrider, OperatorConfig config) {
    if (!config.watchNamespaces().isEmpty()) {
      overrider.settingNamespaces(new HashSet<>(config.watchNamespaces()));
    }
    if (!config.projectSelector().isEmpty()) {
      overrider.withLabelSelector(config.projectSelector());
    }
    overrider
        .withInformerListLimit(LIST_LIMIT)
        .withRetry(GenericRetry.noRetry())
        .withOnUpdateFilter(ProjectController::isNews);
  }

  /** A status that we wrote ourselves is no news; a new spec or annotation is. */
  private static boolean isNews(VpcEndpointProject now, VpcEndpointProject before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Objects.equals(
            now.getMetadata().getAnnotations(), before.getMetadata().getAnnotations())
        || now.isMarkedForDeletion();
  }

  private static ExecutorService syncThreads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MOST_SYNCS,
            MOST_SYNCS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Thread(task, "sync"));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Starts to watch projects, and to sync them once this process leads. */
  public void start() {
    operator.start();
  }

  /** What keeps the view of the projects from being complete; empty: nothing. */
  public Optional<String> incompleteView() {
    if (!operator.getRuntimeInfo().isStarted()) {
      return Optional.of("not every VpcEndpointProject was seen yet");
    }
    return informers().allMatch(InformerHealthIndicator::hasSynced)
        ? Optional.empty()
        : Optional.of("VpcEndpointProjects cannot be listed");
  }

  /** Which watch of projects gave up for good; empty: none. */
  public Optional<String> stoppedWatch() {
    boolean running =
        !operator.getRuntimeInfo().isStarted()
            || informers().allMatch(InformerHealthIndicator::isRunning);
    return running ? Optional.empty() : Optional.of("the watch ended");
  }

  private Stream<InformerHealthIndicator> informers() {
    return operator.getRegisteredControllers().stream()
        .map(registered -> (Controller<?>) registered)
        .map(controller -> controller.getEventSourceManager().getControllerEventSource())
        .flatMap(source -> source.informerHealthIndicators().values().stream());
  }

  /** Stops; syncs under way have a few seconds to end. */
  @Override
  public void close() {
    operator.stop();
    syncs.shutdownNow();
  }
}
