package io.vpcep.operator.sync;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a snapshot asks of the mirror.
 *
 * @param writes in the order of the snapshot, marks and prunes last
 * @param unchanged services whose mirror is as it should be
 * @param conflicts names of services that another project of the namespace mirrors
 * @param verdict of the guard; where it blocks, the plan prunes nothing
 * @param misses mirrored services that this and former complete listings lack; by the resource's
 *     name
 * @param transitions changes of phase that people may want to hear of
 */
public record SyncPlan(
    List<Write> writes,
    int unchanged,
    List<String> conflicts,
    PruneVerdict verdict,
    Map<String, Missing> misses,
    List<Transition> transitions) {

  /** A mirrored service that is in another phase than before. */
  public record Transition(String name, String serviceName, ServicePhase phase, String message) {}

  /** This one, the last of a sync, together with one before it. */
  SyncPlan after(SyncPlan before) {
    List<Transition> all =
        Stream.concat(before.transitions.stream(), transitions.stream()).toList();
    return new SyncPlan(writes, before.unchanged, conflicts, verdict, misses, all);
  }

  /** Copies the collections. */
  public SyncPlan {
    writes = List.copyOf(writes);
    conflicts = List.copyOf(conflicts);
    misses = Map.copyOf(misses);
    transitions = List.copyOf(transitions);
  }
}
