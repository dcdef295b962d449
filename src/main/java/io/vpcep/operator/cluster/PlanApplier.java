package io.vpcep.operator.cluster;

import io.vpcep.operator.sync.ProjectIdentity;
import io.vpcep.operator.sync.Write;
import io.vpcep.operator.sync.WriteReport;
import io.vpcep.operator.sync.WriteReport.Failure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the writes of plans, several at a time. All plans share the writers, and one plan has a
 * bounded number of writes under way, so that a large project does not keep the small ones waiting.
 * Where all writers hang, in writes of projects that the API server has trouble with, the others
 * get on by themselves.
 */
final class PlanApplier implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PlanApplier.class);
  private static final int WRITERS = 16;
  private static final int WRITERS_PER_PLAN = 8;
  private static final int MOST_TRIES = 3;
  private static final long LAST_WRITES_SECONDS = 10;

  /** So long a write may wait for a writer. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** So long once that was in vain. */
  private static final Duration PATIENCE_ONCE_STUCK = Duration.ofMillis(10);

  /** So long where too many plans get on by themselves already. */
  private static final Duration PATIENCE_IN_A_CROWD = Duration.ofMillis(100);

  /** As many as are under way at a time: an outage costs a plan one time-out, or two. */
  private static final int UNANSWERED_IN_A_ROW = WRITERS_PER_PLAN;

  private static final WriteOutcome NOT_TRIED =
      new WriteOutcome.Unanswered(
          "not tried, since the Kubernetes API gave no answer to "
              + UNANSWERED_IN_A_ROW
              + " writes in a row");

  private final Rescues rescues = new Rescues();
  private final ExecutorService writers;
  private final MirrorWriter writer;
  private final ApiServerPace pace;
  private final WriteObserver observer;

  PlanApplier(MirrorWriter writer, ApiServerPace pace, WriteObserver observer) {
    this.writer = writer;
    this.pace = pace;
    this.observer = observer;
    AtomicInteger number = new AtomicInteger();
    this.writers =
        Executors.newFixedThreadPool(
            WRITERS,
            task -> {
              Thread thread = new Thread(task, "mirror-writer-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Does all of {@code writes}, begun in their order; ends when each has ended. Once so many in a
   * row got no answer from the API server, the rest is not tried: each would wait for a time-out.
   */
  WriteReport apply(ProjectIdentity project, List<Write> writes) throws InterruptedException {
    UnderWay underWay = new UnderWay(project.namespace());
    Tally tally = new Tally();
    try {
      for (Write write : writes) {
        underWay.awaitPlace();
        underWay.begin(() -> record(project, write, tally));
      }
      underWay.awaitEnd();
    } finally {
      underWay.awaitEndUninterruptibly();
    }
    return tally.report();
  }

  /**
   * The writes of one plan that were begun and did not end. Used by the thread of the plan alone.
   */
  private final class UnderWay {
    private final String namespace;
    private final Semaphore places = new Semaphore(WRITERS_PER_PLAN);
    private final Queue<Once> begun = new ArrayDeque<>();
    private Duration patience = PATIENCE;

    UnderWay(String namespace) {
      this.namespace = namespace;
    }

    void awaitPlace() throws InterruptedException {
      await(1);
      // Here rather than in a writer, which others may have a use for.
      pace.awaitTurn(namespace);
      places.acquire();
    }

    void awaitEnd() throws InterruptedException {
      await(WRITERS_PER_PLAN);
    }

    void awaitEndUninterruptibly() {
      places.acquireUninterruptibly(WRITERS_PER_PLAN);
    }

    private void await(int free) throws InterruptedException {
      while (!places.tryAcquire(free, patience.toMillis(), TimeUnit.MILLISECONDS)) {
        rescue();
      }
      places.release(free);
    }

    /** Does what no writer has come to yet. */
    private void rescue() {
      begun.removeIf(Once::isTaken);
      if (begun.isEmpty()) {
        patience = PATIENCE;
        return;
      }
      if (!rescues.begin(namespace)) {
        patience = PATIENCE_IN_A_CROWD;
        return;
      }
      try {
        begun.forEach(Once::run);
      } finally {
        rescues.end(namespace);
      }
      patience = PATIENCE_ONCE_STUCK;
    }

    /** Its place is free again when the write has ended, or when it cannot begin after a close. */
    void begin(Runnable write) {
      Once once = new Once(write, places);
      begun.removeIf(Once::isTaken);
      begun.add(once);
      try {
        writers.execute(once);
      } catch (RuntimeException | Error e) {
        // After a close, or where no thread can be had: the plan must not wait for this place.
        places.release();
        throw e;
      }
    }
  }

  /** A write that is done by whoever comes first, a writer or its plan; an Error is theirs. */
  private record Once(Runnable write, Semaphore places, AtomicBoolean taken) implements Runnable {
    Once(Runnable write, Semaphore places) {
      this(write, places, new AtomicBoolean());
    }

    boolean isTaken() {
      return taken.get();
    }

    @Override
    public void run() {
      if (!taken.compareAndSet(false, true)) {
        return;
      }
      try {
        write.run();
      } finally {
        places.release();
      }
    }
  }

  /** An Error ends the thread, but no write may be missing from the report. */
  private void record(ProjectIdentity project, Write write, Tally tally) {
    WriteOutcome outcome = new WriteOutcome.Refused("ended without an outcome");
    try {
      outcome = attempt(project, write, tally);
    } finally {
      tally.add(write, outcome);
    }
  }

  /** A write that came at a bad time is tried again when the API server wants more. */
  private WriteOutcome attempt(ProjectIdentity project, Write write, Tally tally) {
    if (tally.isOutage()) {
      return NOT_TRIED;
    }
    for (int tries = 1; ; tries++) {
      WriteOutcome outcome = attempt(project, write);
      boolean again = outcome instanceof WriteOutcome.Busy && tries < MOST_TRIES;
      observer.wrote(write.verb(), again ? WriteOutcome.Busy.TRIED_AGAIN : outcome.result());
      if (!again) {
        return outcome;
      }
    }
  }

  /** A defect in one write must not take the others with it. */
  private WriteOutcome attempt(ProjectIdentity project, Write write) {
    try {
      pace.awaitTurn(project.namespace());
      return writer.write(project, write);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new WriteOutcome.Unanswered("not tried, since the operator stops");
    } catch (RuntimeException e) {
      log.atError()
          .addKeyValue("project", project)
          .addKeyValue("service", write.name())
          .setCause(e)
          .log("A write failed unexpectedly");
      return new WriteOutcome.Refused(KubernetesProblem.cut("unexpected " + e));
    }
  }

  @Override
  public void close() {
    writers.shutdown();
    try {
      if (!writers.awaitTermination(LAST_WRITES_SECONDS, TimeUnit.SECONDS)) {
        writers.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Counts outcomes; filled by several threads, read when they are done. */
  private static final class Tally {
    private int created;
    private int updated;
    private int pruned;
    private int superseded;
    private int unansweredInARow;
    private final List<String> conflicts = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    synchronized void add(Write write, WriteOutcome outcome) {
      unansweredInARow = outcome instanceof WriteOutcome.Unanswered ? unansweredInARow + 1 : 0;
      if (outcome instanceof WriteOutcome.Foreign) {
        conflicts.add(write.name());
      } else if (outcome instanceof WriteOutcome.Refused refused) {
        failures.add(new Failure(write.name(), refused.problem()));
      } else if (outcome instanceof WriteOutcome.Unanswered unanswered) {
        failures.add(new Failure(write.name(), unanswered.problem()));
      } else if (outcome instanceof WriteOutcome.Busy busy) {
        failures.add(new Failure(write.name(), busy.problem()));
      } else if (outcome instanceof WriteOutcome.Superseded) {
        superseded++;
      } else if (outcome instanceof WriteOutcome.Done) {
        count(write);
      }
    }

    /** Ends by itself when one that is still under way gets an answer. */
    synchronized boolean isOutage() {
      return unansweredInARow >= UNANSWERED_IN_A_ROW;
    }

    private void count(Write write) {
      if (write instanceof Write.Create) {
        created++;
      } else if (write instanceof Write.Prune) {
        pruned++;
      } else {
        updated++;
      }
    }

    synchronized WriteReport report() {
      return new WriteReport(created, updated, pruned, superseded, conflicts, failures);
    }
  }
}
