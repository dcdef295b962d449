package io.vpcep.operator.cluster;

import io.vpcep.operator.sync.ProjectIdentity;
import io.vpcep.operator.sync.Write;
import io.vpcep.operator.sync.WriteReport;
import io.vpcep.operator.sync.WriteReport.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does the writes of plans, several at a time. All plans share the writers, and one plan has a
 * bounded number of writes under way, so that a large project does not keep the small ones waiting.
 */
final class PlanApplier implements AutoCloseable {
  private static final int WRITERS = 16;
  private static final int WRITERS_PER_PLAN = 8;
  private static final long LAST_WRITES_SECONDS = 10;

  /** After so many silences in a row the rest of a plan is left for the next sync. */
  private static final int MOST_SILENCES = 2 * WRITERS_PER_PLAN;

  private final ExecutorService writers;
  private final Writer writer;
  private final WriteObserver observer;

  /** Does one write. */
  interface Writer {
    WriteOutcome write(ProjectIdentity project, Write write);
  }

  PlanApplier(Writer writer, WriteObserver observer) {
    this.writer = writer;
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

  /** Does all of {@code writes}; ends when each has ended. */
  WriteReport apply(ProjectIdentity project, List<Write> writes) throws InterruptedException {
    Semaphore places = new Semaphore(WRITERS_PER_PLAN);
    Tally tally = new Tally();
    try {
      for (Write write : writes) {
        places.acquire();
        submit(project, write, places, tally);
      }
    } finally {
      places.acquireUninterruptibly(WRITERS_PER_PLAN);
    }
    return tally.report();
  }

  private void submit(ProjectIdentity project, Write write, Semaphore places, Tally tally) {
    if (tally.silences() >= MOST_SILENCES) {
      places.release();
      tally.notTried(write, "the Kubernetes API does not answer");
      return;
    }
    try {
      writers.execute(
          () -> {
            WriteOutcome outcome = new WriteOutcome.Refused("ended without an outcome");
            try {
              outcome = attempt(project, write);
            } finally {
              // An Error ends this thread, but no write may be missing from the report.
              tally.add(write, outcome);
              places.release();
            }
          });
    } catch (RejectedExecutionException e) {
      places.release();
      tally.notTried(write, "the operator stops");
    }
  }

  /** A defect in one write must not take the others with it. */
  private WriteOutcome attempt(ProjectIdentity project, Write write) {
    WriteOutcome outcome;
    try {
      outcome = writer.write(project, write);
    } catch (RuntimeException e) {
      outcome = new WriteOutcome.Refused(KubernetesProblem.cut("unexpected " + e));
    }
    observer.wrote(write.verb(), outcome.result());
    return outcome;
  }

  @Override
  public void close() {
    writers.shutdown();
    try {
      writers.awaitTermination(LAST_WRITES_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Counts outcomes; filled by several threads, read when they are done. */
  private static final class Tally {
    private int created;
    private int updated;
    private int pruned;
    private final List<String> conflicts = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    private int silences;

    synchronized int silences() {
      return silences;
    }

    synchronized void notTried(Write write, String why) {
      failures.add(new Failure(write.name(), "not tried, since " + why));
    }

    synchronized void add(Write write, WriteOutcome outcome) {
      silences = outcome instanceof WriteOutcome.Unanswered ? silences + 1 : 0;
      if (outcome instanceof WriteOutcome.Foreign) {
        conflicts.add(write.name());
      } else if (outcome instanceof WriteOutcome.Refused refused) {
        failures.add(new Failure(write.name(), refused.problem()));
      } else if (outcome instanceof WriteOutcome.Unanswered unanswered) {
        failures.add(new Failure(write.name(), unanswered.problem()));
      } else if (outcome instanceof WriteOutcome.Done) {
        count(write);
      }
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
      return new WriteReport(created, updated, pruned, conflicts, failures);
    }
  }
}
