package io.vpcep.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vpcep.operator.sync.ProjectIdentity;
import io.vpcep.operator.sync.Write;
import io.vpcep.operator.sync.WriteReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlanApplierTest {
  private static final ProjectIdentity PROJECT = new ProjectIdentity("network", "prod", "u-1");

  private final List<String> observed = new ArrayList<>();
  private PlanApplier applier;

  private PlanApplier applying(PlanApplier.Writer writer) {
    applier =
        new PlanApplier(
            writer,
            (verb, result) -> {
              synchronized (observed) {
                observed.add(verb + " " + result);
              }
            });
    return applier;
  }

  @AfterEach
  void close() {
    applier.close();
  }

  private static List<Write> prunes(int number) {
    return IntStream.range(0, number).<Write>mapToObj(i -> new Write.Prune("s" + i, "1")).toList();
  }

  @Test
  void oneFailureDoesNotStopTheOthers() throws InterruptedException {
    PlanApplier applying =
        applying(
            (project, write) ->
                switch (write.name()) {
                  case "s3" -> new WriteOutcome.Refused("403 no");
                  case "s4" -> new WriteOutcome.Foreign();
                  case "s5" -> new WriteOutcome.Superseded();
                  case "s6" -> throw new IllegalStateException("defect");
                  default -> new WriteOutcome.Done();
                });

    WriteReport report = applying.apply(PROJECT, prunes(20));

    assertThat(report.pruned()).isEqualTo(16);
    assertThat(report.conflicts()).containsExactly("s4");
    assertThat(report.failures())
        .extracting(WriteReport.Failure::name)
        .containsExactlyInAnyOrder("s3", "s6");
    assertThat(observed)
        .hasSize(20)
        .contains("delete ok", "delete error", "delete conflict", "delete superseded");
  }

  @Test
  void reportsAWriteThatEndedInAnError() throws InterruptedException {
    PlanApplier applying =
        applying(
            (project, write) -> {
              if (write.name().equals("s3")) {
                Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> {});
                throw new StackOverflowError();
              }
              return new WriteOutcome.Done();
            });

    WriteReport report = applying.apply(PROJECT, prunes(20));

    assertThat(report.pruned()).isEqualTo(19);
    assertThat(report.failures())
        .containsExactly(new WriteReport.Failure("s3", "ended without an outcome"));
  }

  @Test
  void boundsWhatItSaysOfADefect() throws InterruptedException {
    PlanApplier applying =
        applying(
            (project, write) -> {
              throw new IllegalStateException("x\n".repeat(1_000));
            });

    WriteReport report = applying.apply(PROJECT, prunes(1));

    assertThat(report.failures().get(0).problem())
        .startsWith("unexpected ")
        .doesNotContain("\n")
        .hasSizeLessThan(300);
  }

  @Test
  void neverHasMoreThanEightWritesOfAPlanUnderWay() throws InterruptedException {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch full = new CountDownLatch(8);
    PlanApplier applying =
        applying(
            (project, write) -> {
              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              full.countDown();
              awaitQuietly(full);
              underWay.decrementAndGet();
              return new WriteOutcome.Done();
            });

    applying.apply(PROJECT, prunes(100));

    assertThat(most).hasValue(8);
  }

  @Test
  void leavesTheRestWhenTheApiDoesNotAnswer() throws InterruptedException {
    AtomicInteger tried = new AtomicInteger();
    PlanApplier applying =
        applying(
            (project, write) -> {
              tried.incrementAndGet();
              return new WriteOutcome.Unanswered("no answer");
            });

    WriteReport report = applying.apply(PROJECT, prunes(1_000));

    assertThat(tried.get()).isBetween(16, 24);
    assertThat(report.failures()).hasSize(1_000);
    assertThat(report.failures())
        .filteredOn(failure -> failure.problem().startsWith("not tried"))
        .hasSize(1_000 - tried.get());
  }

  @Test
  void waitsForTheWritesUnderWayWhenInterrupted() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(8);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    PlanApplier applying =
        applying(
            (project, write) -> {
              begun.countDown();
              awaitQuietly(release);
              ended.incrementAndGet();
              return new WriteOutcome.Done();
            });
    Thread caller =
        new Thread(
            () -> {
              try {
                applying.apply(PROJECT, prunes(100));
              } catch (InterruptedException e) {
                thrown.set(e);
              }
            });
    caller.start();
    begun.await();

    caller.interrupt();
    await().until(() -> caller.getState() == Thread.State.WAITING);
    release.countDown();
    caller.join();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(ended).hasValue(8);
  }

  @Test
  void triesNothingOnceItIsClosed() throws InterruptedException {
    PlanApplier applying = applying((project, write) -> new WriteOutcome.Done());
    applying.close();

    WriteReport report = applying.apply(PROJECT, prunes(10));

    assertThat(report.failures()).hasSize(10);
    assertThatThrownBy(() -> report.failures().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
