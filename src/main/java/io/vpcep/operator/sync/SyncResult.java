package io.vpcep.operator.sync;

import io.vpcep.operator.sync.Completeness.Incomplete;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a sync that got a listing came to. */
public record SyncResult(Snapshot snapshot, SyncPlan plan, WriteReport report) {

  /** This one together with the one before it in the same sync. */
  SyncResult after(SyncResult before) {
    return new SyncResult(snapshot, plan.after(before.plan), before.report.plus(report));
  }

  /**
   * True when the mirror now shows a complete listing, but for what others own or the guard held.
   */
  public boolean isCompleteAndWritten() {
    return snapshot.isComplete() && report.failures().isEmpty() && report.superseded() == 0;
  }

  /** The worst of what went wrong, with a message for people. */
  public Optional<SyncFailure> failure() {
    if (!report.failures().isEmpty()) {
      return Optional.of(new SyncFailure(FailureReason.WRITE_FAILED, writeFailed()));
    }
    if (snapshot.completeness() instanceof Incomplete incomplete) {
      return Optional.of(
          new SyncFailure(
              FailureReason.INCOMPLETE_LISTING,
              "What the listing showed is mirrored, and nothing was pruned: " + incomplete.why()));
    }
    if (plan.verdict() instanceof PruneVerdict.Blocked blocked) {
      return Optional.of(new SyncFailure(FailureReason.PRUNE_BLOCKED, message(blocked)));
    }
    List<String> conflicts = conflicts();
    return conflicts.isEmpty()
        ? Optional.empty()
        : Optional.of(new SyncFailure(FailureReason.CONFLICT, message(conflicts)));
  }

  /** What to say once others were faster again and again. */
  public SyncFailure outrun() {
    return new SyncFailure(
        FailureReason.WRITE_FAILED,
        report.superseded()
            + " VpcEndpointServices were changed by others each time they were to be written (409);"
            + " look for a second writer, such as another operator for the same project");
  }

  private List<String> conflicts() {
    return Stream.concat(plan.conflicts().stream(), report.conflicts().stream())
        .distinct()
        .sorted()
        .toList();
  }

  private String writeFailed() {
    WriteReport.Failure first = report.failures().get(0);
    int others = report.failures().size() - 1;
    return "VpcEndpointService "
        + first.name()
        + (others > 0 ? " and " + others + " more" : "")
        + " could not be written: "
        + first.problem();
  }

  private static String message(PruneVerdict.Blocked blocked) {
    return blocked.candidates()
        + " services are gone from the listing, and at most "
        + blocked.limit()
        + " may be pruned at once (spec.prune.maxPercent). To let them go all the same, once, annotate"
        + " the project with vpcep.io/confirm-prune="
        + blocked.candidates();
  }

  private static String message(List<String> conflicts) {
    return "Another VpcEndpointProject of this namespace mirrors "
        + conflicts.size()
        + " of the services already, among them "
        + conflicts.get(0)
        + "; they stay with it, and the others are mirrored here";
  }
}
