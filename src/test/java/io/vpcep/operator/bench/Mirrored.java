package io.vpcep.operator.bench;

import io.vpcep.operator.simulator.Simulator;
import java.io.IOException;
import java.time.Duration;

/** A project whose services are mirrored, the cloud that it lists, and the operator at work. */
final class Mirrored implements AutoCloseable {
  /** The shortest that there is. */
  static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final int PAGE = 1000;

  /** A cycle is over by then, and the next has not begun. */
  private static final Duration CYCLE = Duration.ofSeconds(3);

  private final Stage stage;
  private final Simulator cloud;
  private final int services;
  private final String namespace;
  private OperatorUnderTest operator;

  private Mirrored(Stage stage, int services) {
    this.stage = stage;
    this.services = services;
    this.cloud = FirstSync.cloud(services);
    this.namespace = stage.newNamespace();
  }

  /** Has an operator mirror them. */
  static Mirrored of(Stage stage, int services) throws IOException, InterruptedException {
    Mirrored mirrored = new Mirrored(stage, services);
    mirrored.operator = OperatorUnderTest.ready(stage.launch(mirrored.namespace));
    Stage.Source source =
        new Stage.Source(
            mirrored.cloud.baseUrl(), mirrored.projectId(), INTERVAL.toSeconds() + "s");
    stage.createProject(mirrored.namespace, "prod", source);
    stage.awaitSynced(mirrored.namespace, "prod");
    return mirrored;
  }

  /**
   * Starts a new process in the place of the operator, which finds everything mirrored, in a
   * container of so many MiB.
   */
  void restartOperator(int mebibytes) throws IOException, InterruptedException {
    operator.close();
    operator = OperatorUnderTest.ready(stage.launch(namespace).in(mebibytes));
  }

  /** Returns when so many more listings were made, and what they lead to is done. */
  void awaitCycles(int cycles) throws InterruptedException {
    long until = cloud.requests(projectId()) + (long) cycles * pages();
    Patience.until(
        INTERVAL.multipliedBy(4L * cycles + 12),
        Duration.ofMillis(20),
        () -> cloud.requests(projectId()) >= until);
    Patience.pause(CYCLE);
  }

  int pages() {
    return (services + PAGE - 1) / PAGE;
  }

  int services() {
    return services;
  }

  Stage stage() {
    return stage;
  }

  Simulator cloud() {
    return cloud;
  }

  String projectId() {
    return cloud.projectIds().get(0);
  }

  String namespace() {
    return namespace;
  }

  OperatorUnderTest operator() {
    return operator;
  }

  @Override
  public void close() throws IOException {
    operator.close();
    stage.empty(namespace);
    cloud.close();
  }
}
