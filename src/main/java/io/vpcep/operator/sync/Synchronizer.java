package io.vpcep.operator.sync;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The flow of a sync: fetch a snapshot, look into what it lacks, plan against the mirror, let the
 * guard judge, apply. What came of it is the caller's to report.
 */
public final class Synchronizer {
  private final EndpointServiceCatalog catalog;
  private final Mirror mirror;
  private final InstantSource clock;
  private final Prober prober;

  /** A synchronizer of any number of projects. */
  public Synchronizer(EndpointServiceCatalog catalog, Mirror mirror, InstantSource clock) {
    this.catalog = catalog;
    this.mirror = mirror;
    this.clock = clock;
    this.prober = new Prober(catalog, clock);
  }

  /** Remembers, before it is acted upon, that a confirmation is used up. */
  public interface ConfirmationLedger {
    /** True once {@code value} is on record, so that a crash can never use it twice. */
    boolean useUp(String value);
  }

  /** Until a sync should be asked for again; ZERO: it may begin. The cloud decides. */
  public Duration untilTurn(SyncTask task) {
    return catalog.untilTurn(task.listing());
  }

  /**
   * Syncs a project.
   *
   * @throws SyncFailure when there was no listing to work with; the mirror is as it was
   * @throws InterruptedException when the calling thread was interrupted
   */
  public SyncResult sync(SyncTask task, ConfirmationLedger ledger)
      throws SyncFailure, InterruptedException {
    Evidence evidence = evidence(task);
    SyncPlan plan = plan(task, evidence, task.confirmation());
    if (plan.verdict() instanceof PruneVerdict.Confirmed confirmed
        && !ledger.useUp(confirmed.confirmation())) {
      plan = plan(task, evidence, null);
    }
    WriteReport report = mirror.apply(task.project(), plan.writes());
    return new SyncResult(evidence.snapshot(), plan, report);
  }

  private Evidence evidence(SyncTask task) throws SyncFailure, InterruptedException {
    List<MirroredService> before = List.copyOf(mirror.ownedBy(task.project()));
    Instant end = clock.instant().plus(task.settings().timeout());
    Recognizer recognizer = new MirrorRecognizer(task.project(), mirror, clock.instant());
    Snapshot snapshot = catalog.list(task.listing(), recognizer);
    Evidence listed = Evidence.of(snapshot, before, task.misses());
    return prober.check(task, listed, before, end);
  }

  private SyncPlan plan(SyncTask task, Evidence evidence, String confirmation) {
    return new Planner(task.project(), mirror, clock.instant())
        .plan(
            evidence, task.settings().prune(), confirmation, task.settings().query().isFiltered());
  }

  /**
   * Says of every service of a project that nobody knows how it is.
   *
   * @throws InterruptedException when the calling thread was interrupted
   */
  public WriteReport markStale(ProjectIdentity project) throws InterruptedException {
    List<Write> marks = Planner.planStale(project, mirror);
    return marks.isEmpty() ? WriteReport.NOTHING : mirror.apply(project, marks);
  }
}
