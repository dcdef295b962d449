package io.vpcep.operator.sync;

import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import io.vpcep.operator.sync.SyncPlan.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares a snapshot with what is mirrored and says what to write. What a snapshot shows is always
 * written; what it lacks means something only if it is complete, and is pruned only within the
 * rules. When in doubt, the mirror keeps.
 *
 * <p>An instance makes one plan.
 */
final class Planner {
  private final ProjectIdentity project;
  private final Mirror mirror;
  private final Instant now;
  private final ContentDigest digest = new ContentDigest();
  private final List<Write> writes = new ArrayList<>();
  private final List<String> conflicts = new ArrayList<>();
  private final List<Transition> transitions = new ArrayList<>();
  private int unchanged;

  Planner(ProjectIdentity project, Mirror mirror, Instant now) {
    this.project = project;
    this.mirror = mirror;
    this.now = now;
  }

  /**
   * The plan.
   *
   * @param confirmation the value of the confirm-prune annotation that was not used up, or null
   * @param filtered the listing was made with a filter, so that a service may exist unseen
   */
  SyncPlan plan(Evidence evidence, PruneRules rules, String confirmation, boolean filtered) {
    evidence.snapshot().recognized().forEach(this::planRecognized);
    for (EndpointService service : evidence.snapshot().services()) {
      planShown(service);
    }
    PruneVerdict verdict = new PruneVerdict.Allowed();
    if (evidence.snapshot().isComplete()) {
      verdict = planMissing(evidence.missing(), rules, confirmation, filtered);
    } else {
      planUnproven(evidence);
    }
    return new SyncPlan(writes, unchanged, conflicts, verdict, evidence.missing(), transitions);
  }

  private Optional<MirroredService> find(String name) {
    return mirror.find(project.namespace(), name);
  }

  private void planRecognized(String name) {
    find(name).ifPresent(mirrored -> unchanged += isOurs(mirrored) ? 1 : 0);
  }

  /** False, and noted, where it is another project's. */
  private boolean isOurs(MirroredService mirrored) {
    boolean ours = Ownership.mayWrite(project, mirrored.claimant());
    if (!ours) {
      conflicts.add(mirrored.name());
    }
    return ours;
  }

  private void planShown(EndpointService service) {
    String name = ResourceNames.ofService(service.id());
    Optional<MirroredService> found = find(name);
    if (found.isEmpty()) {
      writes.add(
          new Write.Create(
              name, () -> ServiceMapper.resource(service, project, ConditionTimes.NONE, now)));
      return;
    }
    MirroredService mirrored = found.get();
    if (!isOurs(mirrored)) {
      return;
    }
    if (mirrored.terminating()) {
      // It goes whatever is written, and is created anew once it is gone.
      return;
    }
    Wanted wanted = Wanted.of(service, project, mirrored, now);
    if (!wanted.hasIdentityOf(mirrored, digest)) {
      writes.add(
          new Write.Repair(
              mirrored.name(), () -> Wanted.of(service, project, mirrored, now).resource()));
    } else if (!wanted.hasStatusOf(mirrored, digest)) {
      writes.add(
          new Write.UpdateStatus(mirrored.name(), mirrored.resourceVersion(), wanted.status()));
    } else {
      unchanged++;
    }
    noteTransition(mirrored, wanted.status());
  }

  private void noteTransition(MirroredService mirrored, VpcEndpointServiceStatus status) {
    ServicePhase phase = ServicePhase.of(status.availability());
    if (phase != mirrored.phase() && mirrored.phase() != ServicePhase.STALE) {
      Condition ready = status.conditions().get(0);
      transitions.add(
          new Transition(mirrored.name(), status.serviceName(), phase, ready.message()));
    }
  }

  private PruneVerdict planMissing(
      Map<String, Missing> misses, PruneRules rules, String confirmation, boolean filtered) {
    Map<String, MirroredService> due = new TreeMap<>();
    Map<String, MirroredService> kept = new TreeMap<>();
    int owned = 0;
    int held = 0;
    for (MirroredService mirrored : mirror.ownedBy(project)) {
      Missing missing = misses.get(mirrored.name());
      owned += mirrored.terminating() ? 0 : 1;
      if (missing != null && !mirrored.terminating()) {
        boolean isDue = rules.delete() && missing.listings() >= rules.afterMisses();
        (isDue ? due : kept).put(mirrored.name(), mirrored);
        held += rules.delete() && !isDue && missing.held() ? 1 : 0;
      }
    }
    PruneVerdict verdict = PruneVerdict.judge(due.size(), owned, rules, confirmation);
    if (verdict instanceof PruneVerdict.Allowed && held > 0) {
      verdict = stillHeld(PruneVerdict.judge(due.size() + held, owned, rules, confirmation));
    }
    if (verdict instanceof PruneVerdict.Blocked) {
      kept.putAll(due);
    } else {
      due.values().forEach(this::prune);
    }
    kept.values().forEach(mirrored -> mark(mirrored, phase(mirrored, misses, filtered)));
    return verdict;
  }

  /**
   * A restart is no news: what the guard held before goes on being reported. But a confirmation is
   * kept for the prunes that it is meant for, which are not due yet.
   */
  private static PruneVerdict stillHeld(PruneVerdict whenDue) {
    return whenDue instanceof PruneVerdict.Blocked ? whenDue : new PruneVerdict.Allowed();
  }

  private void prune(MirroredService mirrored) {
    writes.add(new Write.Prune(mirrored.name(), mirrored.resourceVersion()));
  }

  /**
   * Without a filter what is missing is gone. With one, only asking for it tells; until then
   * nothing is claimed that may be wrong, and what was found out before stays.
   */
  private static ServicePhase phase(
      MirroredService mirrored, Map<String, Missing> misses, boolean filtered) {
    return switch (misses.get(mirrored.name()).fate()) {
      case GONE -> ServicePhase.NOT_FOUND;
      case OUT_OF_QUERY -> ServicePhase.OUT_OF_SCOPE;
      case UNKNOWN ->
          filtered && mirrored.phase() != ServicePhase.NOT_FOUND
              ? ServicePhase.OUT_OF_SCOPE
              : ServicePhase.NOT_FOUND;
    };
  }

  /** What an incomplete listing lacks stays as it is, and is repaired if it is not so any more. */
  private void planUnproven(Evidence evidence) {
    for (MirroredService mirrored : mirror.ownedBy(project)) {
      if (mirrored.phase().isMark()
          && !mirrored.terminating()
          && !evidence.shows(mirrored.name())) {
        mark(mirrored, mirrored.phase());
      }
    }
  }

  private void mark(MirroredService mirrored, ServicePhase phase) {
    if (mirrored.isMarkedFor(project, phase)) {
      unchanged++;
    } else {
      writes.add(new Write.Mark(mirrored.name(), phase));
    }
  }

  /** Marks every service of the project as stale that is not marked so yet, or not well. */
  static List<Write> planStale(ProjectIdentity project, Mirror mirror) {
    return mirror.ownedBy(project).stream()
        .filter(mirrored -> !mirrored.terminating())
        .filter(mirrored -> !mirrored.isMarkedFor(project, ServicePhase.STALE))
        .<Write>map(mirrored -> new Write.Mark(mirrored.name(), ServicePhase.STALE))
        .toList();
  }
}
