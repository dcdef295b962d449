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
  /**
   * Services that a listing brings to be written, at most: each takes about a kilobyte until then.
   * Only the first sync of a very large project has more.
   */
  private static final int MOST_WRITES = 10_000;

  private final EndpointServiceCatalog catalog;
  private final Mirror mirror;
  private final InstantSource clock;
  private final Prober prober;
  private final int mostWrites;

  /** A synchronizer of any number of projects. */
  public Synchronizer(EndpointServiceCatalog catalog, Mirror mirror, InstantSource clock) {
    this(catalog, mirror, clock, MOST_WRITES);
  }

  Synchronizer(EndpointServiceCatalog catalog, Mirror mirror, InstantSource clock, int mostWrites) {
    this.mostWrites = mostWrites;
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
   * Syncs a project. Where more changed than may be kept at once, it is listed again for the rest.
   *
   * @throws SyncFailure when there was no listing to work with; the mirror is as it was, or shows
   *     part of what changed
   * @throws InterruptedException when the calling thread was interrupted
   */
  public SyncResult sync(SyncTask task, ConfirmationLedger ledger)
      throws SyncFailure, InterruptedException {
    SyncResult result = null;
    while (true) {
      MirrorRecognizer recognizer =
          new MirrorRecognizer(task.project(), mirror, clock.instant(), mostWrites);
      Evidence evidence = evidence(task, recognizer);
      SyncPlan plan = plan(task, evidence, ledger);
      WriteReport report = mirror.apply(task.project(), plan.writes());
      SyncResult round = new SyncResult(evidence.snapshot(), plan, report);
      result = result == null ? round : round.after(result);
      // What does not get on is tried again at the next sync, and not at once.
      if (recognizer.left() == 0 || !report.changedAnything() || !report.failures().isEmpty()) {
        return result;
      }
    }
  }

  private Evidence evidence(SyncTask task, MirrorRecognizer recognizer)
      throws SyncFailure, InterruptedException {
    List<MirroredService> before = List.copyOf(mirror.ownedBy(task.project()));
    Instant end = clock.instant().plus(task.settings().timeout());
    Snapshot snapshot = catalog.list(task.listing(), recognizer);
    if (recognizer.left() > 0) {
      snapshot = snapshot.with(partlyKept(recognizer.left()));
    }
    Evidence listed = Evidence.of(snapshot, before, task.misses());
    return prober.check(task, listed, before, end);
  }

  /** What is not kept whole cannot be mirrored yet, so nothing is concluded from the rest. */
  private Completeness partlyKept(int left) {
    return new Completeness.Incomplete(
        "more than %d services changed, and %d of them are mirrored by a later listing"
            .formatted(mostWrites, left));
  }

  private SyncPlan plan(SyncTask task, Evidence evidence, ConfirmationLedger ledger) {
    SyncPlan plan = planWith(task, evidence, task.confirmation());
    boolean refused =
        plan.verdict() instanceof PruneVerdict.Confirmed confirmed
            && !ledger.useUp(confirmed.confirmation());
    return refused ? planWith(task, evidence, null) : plan;
  }

  private SyncPlan planWith(SyncTask task, Evidence evidence, String confirmation) {
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
