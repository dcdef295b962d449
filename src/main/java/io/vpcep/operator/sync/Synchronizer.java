package io.vpcep.operator.sync;

import java.time.InstantSource;
import java.util.List;

/**
 * The flow of a sync: fetch a snapshot, plan against the mirror, let the guard judge, apply. What
 * came of it is the caller's to report.
 */
public final class Synchronizer {
  private final EndpointServiceCatalog catalog;
  private final Mirror mirror;
  private final InstantSource clock;

  /** A synchronizer of any number of projects. */
  public Synchronizer(EndpointServiceCatalog catalog, Mirror mirror, InstantSource clock) {
    this.catalog = catalog;
    this.mirror = mirror;
    this.clock = clock;
  }

  /** Remembers, before it is acted upon, that a confirmation is used up. */
  public interface ConfirmationLedger {
    /** True once {@code value} is on record, so that a crash can never use it twice. */
    boolean useUp(String value);
  }

  /**
   * Syncs a project.
   *
   * @throws SyncFailure when there was no listing to work with; the mirror is as it was
   * @throws InterruptedException when the calling thread was interrupted
   */
  public SyncResult sync(SyncTask task, ConfirmationLedger ledger)
      throws SyncFailure, InterruptedException {
    Snapshot snapshot = catalog.list(task.listing());
    SyncPlan plan = plan(task, snapshot, task.confirmation());
    if (plan.verdict() instanceof PruneVerdict.Confirmed confirmed
        && !ledger.useUp(confirmed.confirmation())) {
      plan = plan(task, snapshot, null);
    }
    WriteReport report = mirror.apply(task.project(), plan.writes());
    return new SyncResult(snapshot, plan, report);
  }

  private SyncPlan plan(SyncTask task, Snapshot snapshot, String confirmation) {
    return new Planner(task.project(), mirror, clock.instant())
        .plan(
            snapshot,
            task.misses(),
            task.settings().prune(),
            confirmation,
            task.settings().query().isFiltered());
  }

  /**
   * Says of every service of a project that nobody knows how it is.
   *
   * @param message why, for people
   * @throws InterruptedException when the calling thread was interrupted
   */
  public WriteReport markStale(ProjectIdentity project, String message)
      throws InterruptedException {
    List<Write> marks = Planner.planStale(project, mirror, message);
    return marks.isEmpty() ? WriteReport.NOTHING : mirror.apply(project, marks);
  }
}
