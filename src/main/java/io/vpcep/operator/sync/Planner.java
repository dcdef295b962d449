package io.vpcep.operator.sync;

import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import io.vpcep.operator.sync.SyncPlan.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
   * @param missesBefore {@link SyncPlan#misses} of the plan before; empty after a restart, which
   *     errs on the safe side
   * @param confirmation the value of the confirm-prune annotation that was not used up, or null
   * @param filtered the listing was made with a filter, so that a service may exist unseen
   */
  SyncPlan plan(
      Snapshot snapshot,
      Map<String, Integer> missesBefore,
      PruneRules rules,
      String confirmation,
      boolean filtered) {
    Set<String> seen = new HashSet<>(snapshot.services().size() * 2);
    for (EndpointService service : snapshot.services()) {
      String name = ResourceNames.ofService(service.id());
      seen.add(name);
      planShown(service, mirror.find(project.namespace(), name));
    }
    Map<String, Integer> misses = misses(snapshot, seen, missesBefore);
    PruneVerdict verdict =
        snapshot.isComplete()
            ? planMissing(misses, rules, confirmation, filtered)
            : new PruneVerdict.Allowed();
    return new SyncPlan(writes, unchanged, conflicts, verdict, misses, transitions);
  }

  private void planShown(EndpointService service, Optional<MirroredService> found) {
    if (found.isEmpty()) {
      writes.add(
          new Write.Create(ServiceMapper.resource(service, project, ConditionTimes.NONE, now)));
      return;
    }
    MirroredService mirrored = found.get();
    if (!Ownership.mayWrite(project, mirrored.claimant())) {
      conflicts.add(mirrored.name());
      return;
    }
    VpcEndpointService wanted = ServiceMapper.resource(service, project, mirrored.times(), now);
    VpcEndpointServiceStatus status = wanted.getStatus().of(mirrored.generationOrNull());
    boolean sameIdentity = digest.ofIdentity(wanted) == mirrored.identityDigest();
    boolean sameStatus =
        digest.ofStatus(status, mirrored.generationOrNull()) == mirrored.statusDigest();
    if (!sameIdentity) {
      writes.add(new Write.Repair(wanted));
    } else if (!sameStatus) {
      writes.add(new Write.UpdateStatus(mirrored.name(), mirrored.resourceVersion(), status));
    } else {
      unchanged++;
    }
    noteTransition(mirrored, status);
  }

  private void noteTransition(MirroredService mirrored, VpcEndpointServiceStatus status) {
    ServicePhase phase = ServicePhase.of(status.availability());
    if (phase != mirrored.phase() && mirrored.phase() != ServicePhase.STALE) {
      Condition ready = status.conditions().get(0);
      transitions.add(
          new Transition(mirrored.name(), status.serviceName(), phase, ready.message()));
    }
  }

  /**
   * Counts a miss for what a complete listing lacks. An incomplete one proves nothing: what was
   * missed before stays so, until a complete one is believed again.
   */
  private Map<String, Integer> misses(
      Snapshot snapshot, Set<String> seen, Map<String, Integer> before) {
    Map<String, Integer> misses = new HashMap<>();
    for (MirroredService mirrored : mirror.ownedBy(project)) {
      String name = mirrored.name();
      if (seen.contains(name)) {
        continue;
      }
      int counted = before.getOrDefault(name, 0) + (snapshot.isComplete() ? 1 : 0);
      if (counted > 0) {
        misses.put(name, counted);
      }
    }
    return misses;
  }

  private PruneVerdict planMissing(
      Map<String, Integer> misses, PruneRules rules, String confirmation, boolean filtered) {
    Map<String, MirroredService> candidates = new TreeMap<>();
    Map<String, MirroredService> missing = new TreeMap<>();
    int owned = 0;
    for (MirroredService mirrored : mirror.ownedBy(project)) {
      owned++;
      Integer missed = misses.get(mirrored.name());
      if (missed != null) {
        boolean due = rules.delete() && missed >= rules.afterMisses();
        (due ? candidates : missing).put(mirrored.name(), mirrored);
      }
    }
    PruneVerdict verdict = PruneVerdict.judge(candidates.size(), owned, rules, confirmation);
    if (verdict instanceof PruneVerdict.Blocked) {
      missing.putAll(candidates);
    } else {
      candidates.values().forEach(this::prune);
    }
    missing.values().forEach(mirrored -> markMissing(mirrored, filtered));
    return verdict;
  }

  private void prune(MirroredService mirrored) {
    writes.add(new Write.Prune(mirrored.name(), mirrored.resourceVersion()));
  }

  private void markMissing(MirroredService mirrored, boolean filtered) {
    ServicePhase phase = filtered ? ServicePhase.OUT_OF_SCOPE : ServicePhase.NOT_FOUND;
    if (mirrored.phase() == phase) {
      unchanged++;
      return;
    }
    String message =
        filtered
            ? "A complete listing with the project's query no longer shows the service."
            : "A complete listing of the project no longer shows the service.";
    writes.add(new Write.Mark(mirrored.name(), phase, message));
  }

  /** Marks every service of the project as stale that is not marked yet. */
  static List<Write> planStale(ProjectIdentity project, Mirror mirror, String message) {
    return mirror.ownedBy(project).stream()
        .filter(mirrored -> mirrored.phase() != ServicePhase.STALE)
        .<Write>map(mirrored -> new Write.Mark(mirrored.name(), ServicePhase.STALE, message))
        .toList();
  }
}
