package io.vpcep.operator.cluster;

import static io.vpcep.operator.cluster.FakeKubernetes.refusal;
import static io.vpcep.operator.cluster.Services.NOW;
import static io.vpcep.operator.cluster.Services.OTHER;
import static io.vpcep.operator.cluster.Services.PROD;
import static io.vpcep.operator.cluster.Services.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.ProjectIdentity;
import io.vpcep.operator.sync.ServicePhase;
import io.vpcep.operator.sync.Write;
import io.vpcep.operator.sync.WriteReport;
import io.vpcep.operator.sync.WriteReport.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlanApplierTest {
  private final List<String> observed = new CopyOnWriteArrayList<>();
  private FakeKubernetes kubernetes;
  private PlanApplier applier;

  @BeforeEach
  void start() throws IOException {
    kubernetes = new FakeKubernetes();
    applier = applier((verb, result) -> observed.add(verb + " " + result));
  }

  @AfterEach
  void stop() {
    applier.close();
    kubernetes.close();
  }

  @Test
  void reportsAWriteThatEndedInAnError() throws InterruptedException {
    kubernetes.hook(
        (method, path) ->
            method.equals("PUT") && path.contains("/broken/") ? refusal(500, "no") : null);
    try (PlanApplier dying =
        applier(
            (verb, result) -> {
              if (result.equals("error")) {
                Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> {});
                throw new StackOverflowError();
              }
            })) {
      WriteReport report =
          dying.apply(
              PROD,
              List.of(Services.create(wanted(PROD, "broken")), Services.create(wanted(PROD, "a"))));

      assertThat(report.created()).isEqualTo(1);
      assertThat(report.failures())
          .containsExactly(new Failure("broken", "ended without an outcome"));
    }
  }

  @Test
  void countsWhatBecameOfEachWrite() throws InterruptedException {
    VpcEndpointService update = kubernetes.hold(wanted(PROD, "update"));
    VpcEndpointService gone = kubernetes.hold(wanted(PROD, "gone"));
    kubernetes.hold(wanted(PROD, "missed"));
    kubernetes.hold(wanted(OTHER, "foreign"));
    kubernetes.hook(
        (method, path) ->
            method.equals("GET") && path.endsWith("/refused") ? refusal(403, "may not") : null);

    WriteReport report =
        applier.apply(
            PROD,
            List.of(
                Services.create(wanted(PROD, "new")),
                Services.repair(wanted(PROD, "refused")),
                Services.repair(wanted(PROD, "foreign")),
                new Write.UpdateStatus("update", version(update), update.getStatus()),
                new Write.UpdateStatus("superseded", "1", update.getStatus()),
                new Write.Mark("missed", ServicePhase.NOT_FOUND),
                new Write.Prune("gone", version(gone))));

    assertThat(report)
        .isEqualTo(
            new WriteReport(
                1, 2, 1, 1, List.of("foreign"), List.of(new Failure("refused", "403 may not"))));
    assertThat(observed)
        .containsExactlyInAnyOrder(
            "create ok",
            "update error",
            "update conflict",
            "update_status ok",
            "update_status superseded",
            "update_status ok",
            "delete ok");
  }

  @Test
  void beginsAtMostEightWritesOfOnePlanAtATime() throws Exception {
    Gate gate = new Gate();
    applier.close();
    applier = applier(gate);
    ApplyThread large = new ApplyThread(PROD, creations(PROD, 40));
    await().until(() -> gate.entered.get() == 8 && large.isWaiting());
    ApplyThread small = new ApplyThread(OTHER, creations(OTHER, 8));

    // The writers have eight threads more: were a ninth write begun, it would be ahead of these.
    await().until(() -> gate.entered.get() == 16);

    assertThat(kubernetes.client().resources(VpcEndpointService.class).list().getItems())
        .extracting(created -> created.getSpec().projectRef().name())
        .filteredOn("prod"::equals)
        .hasSize(8);
    gate.open.countDown();
    assertThat(large.report.get().created()).isEqualTo(40);
    assertThat(small.report.get().created()).isEqualTo(8);
  }

  @Test
  void getsOnWhereAllWritersHangInPlansOfOthers() throws Exception {
    Gate gate = new Gate(16);
    applier.close();
    applier = applier(gate);
    ApplyThread one = new ApplyThread(PROD, creations(PROD, 40));
    ApplyThread another = new ApplyThread(OTHER, creations(OTHER, 40));
    await().until(() -> gate.entered.get() == 16);
    ProjectIdentity third = new ProjectIdentity("network", "third", "uid-third");

    WriteReport report = applier.apply(third, creations(third, 40));

    assertThat(report.created()).isEqualTo(40);
    assertThat(gate.left).hasValue(40);
    gate.open.countDown();
    assertThat(one.report.get().created()).isEqualTo(40);
    assertThat(another.report.get().created()).isEqualTo(40);
  }

  @Test
  void hangsInABoundedNumberOfWritesWhereManyPlansOfANamespaceDo() throws Exception {
    int most = 16 + Rescues.MOST_OF_A_NAMESPACE;
    Gate gate = new Gate(most);
    applier.close();
    applier = applier(gate);
    List<ApplyThread> faulty =
        IntStream.range(0, 20)
            .mapToObj(number -> new ProjectIdentity("faulty", "p" + number, "uid-" + number))
            .map(project -> new ApplyThread(project, creations(project, 4)))
            .toList();
    await().until(() -> gate.entered.get() == most);

    WriteReport report = applier.apply(PROD, creations(PROD, 40));

    assertThat(report.created()).isEqualTo(40);
    assertThat(gate.entered).hasValue(most + 40);
    gate.open.countDown();
    for (ApplyThread plan : faulty) {
      assertThat(plan.report.get().created()).isEqualTo(4);
    }
  }

  @Test
  void tellsTheThreadOfAnErrorThatAWriteEndedIn() throws InterruptedException {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    try (PlanApplier dying =
        applier(
            (verb, result) -> {
              Thread.currentThread()
                  .setUncaughtExceptionHandler((thread, error) -> told.complete(error));
              throw new StackOverflowError();
            })) {
      dying.apply(PROD, creations(PROD, 1));
    }

    assertThat(told).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(StackOverflowError.class);
  }

  @Test
  void waitsForWritesUnderWayWhenInterrupted() throws Exception {
    Gate gate = new Gate();
    applier.close();
    applier = applier(gate);
    ApplyThread plan = new ApplyThread(PROD, creations(PROD, 40));
    await().until(() -> gate.entered.get() == 8 && plan.isWaiting());

    plan.interrupt();
    // It has taken the interruption in, and waits again.
    await().until(() -> !plan.isInterrupted() && plan.isWaiting());
    boolean waited = !plan.report.isDone();
    gate.open.countDown();
    plan.join();

    assertThat(waited).isTrue();
    assertThat(plan.report)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(InterruptedException.class);
    assertThat(gate.entered).hasValue(8);
  }

  @Test
  void closeWaitsForWritesUnderWay() throws Exception {
    Gate gate = new Gate();
    applier.close();
    applier = applier(gate);
    ApplyThread plan = new ApplyThread(PROD, creations(PROD, 3));
    await().until(() -> gate.entered.get() == 3);
    Thread closing = new Thread(applier::close);
    closing.start();
    await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);

    gate.open.countDown();
    closing.join();

    assertThat(gate.left).hasValue(3);
    assertThat(plan.report.get().created()).isEqualTo(3);
  }

  @Test
  void closeKeepsTheInterruptFlag() {
    Gate gate = new Gate();
    applier.close();
    applier = applier(gate);
    ApplyThread plan = new ApplyThread(PROD, creations(PROD, 1));
    await().until(() -> gate.entered.get() == 1);

    Thread.currentThread().interrupt();
    applier.close();

    assertThat(Thread.interrupted()).isTrue();
    gate.open.countDown();
    await().until(plan.report::isDone);
  }

  @Test
  void refusesPlansAfterClose() {
    applier.close();

    assertThatThrownBy(() -> applier.apply(PROD, creations(PROD, 3)))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(kubernetes.requests()).isEmpty();
  }

  /** Holds the first writes at their end. */
  private static final class Gate implements WriteObserver {
    final CountDownLatch open = new CountDownLatch(1);
    private final int held;
    final AtomicInteger entered = new AtomicInteger();
    final AtomicInteger left = new AtomicInteger();

    /** Holds every write. */
    Gate() {
      this(Integer.MAX_VALUE);
    }

    Gate(int held) {
      this.held = held;
    }

    @Override
    public void wrote(String verb, String result) {
      try {
        if (entered.incrementAndGet() <= held) {
          open.await();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      left.incrementAndGet();
    }
  }

  /** Applies a plan beside the test. */
  private final class ApplyThread extends Thread {
    final CompletableFuture<WriteReport> report = new CompletableFuture<>();
    private final ProjectIdentity project;
    private final List<Write> writes;

    ApplyThread(ProjectIdentity project, List<Write> writes) {
      this.project = project;
      this.writes = writes;
      setDaemon(true);
      start();
    }

    @Override
    public void run() {
      try {
        report.complete(applier.apply(project, writes));
      } catch (InterruptedException | RuntimeException e) {
        report.completeExceptionally(e);
      }
    }

    boolean isWaiting() {
      return getState() == State.WAITING || getState() == State.TIMED_WAITING;
    }
  }

  private PlanApplier applier(WriteObserver observer) {
    return new PlanApplier(
        writer(kubernetes.client()), new ApiServerPace(System::nanoTime), observer);
  }

  private static MirrorWriter writer(KubernetesClient client) {
    ResourceReader reader = new ResourceReader(client.getKubernetesSerialization());
    return new MirrorWriter(client, new MirrorIndex(), reader, () -> NOW);
  }

  private static List<Write> creations(ProjectIdentity project, int count) {
    return IntStream.range(0, count)
        .<Write>mapToObj(number -> Services.create(wanted(project, name(project, number))))
        .toList();
  }

  /** s0, s1 and so on; of another project: other0, other1. */
  private static String name(ProjectIdentity project, int number) {
    return (project.equals(PROD) ? "s" : project.name()) + number;
  }

  private static String version(VpcEndpointService resource) {
    return resource.getMetadata().getResourceVersion();
  }
}
