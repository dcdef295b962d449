package io.vpcep.operator.sync;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A listing, beside what it lacks.
 *
 * @param shown names of the resources that mirror what it shows
 * @param missing mirrored services that this and former complete listings lack; by the resource's
 *     name
 */
record Evidence(Snapshot snapshot, Set<String> shown, Map<String, Missing> missing) {

  /**
   * Counts a miss for what a complete listing lacks. An incomplete one proves nothing: what was
   * missed before stays so, until a complete one is believed again.
   *
   * @param mirrored what was mirrored before the listing began: what somebody mirrored meanwhile
   *     may be newer than the listing
   * @param before {@link SyncPlan#misses} of the plan before
   */
  static Evidence of(
      Snapshot snapshot, Collection<MirroredService> mirrored, Map<String, Missing> before) {
    Set<String> shown =
        new HashSet<>((snapshot.services().size() + snapshot.recognized().size()) * 2);
    snapshot.services().forEach(service -> shown.add(ResourceNames.ofService(service.id())));
    shown.addAll(snapshot.recognized());
    Map<String, Missing> missing = new HashMap<>();
    for (MirroredService service : mirrored) {
      String name = service.name();
      if (shown.contains(name) || service.terminating()) {
        continue;
      }
      Missing known = Missing.orNever(before.get(name));
      Missing now = snapshot.isComplete() ? known.again() : known;
      if (now.isKnown()) {
        missing.put(name, now);
      }
    }
    return new Evidence(snapshot, shown, missing);
  }

  /** The same with what asking for single services showed. */
  Evidence with(Map<String, Missing.Fate> fates) {
    Map<String, Missing> known = new HashMap<>(missing);
    fates.forEach((name, fate) -> known.computeIfPresent(name, (same, was) -> was.with(fate)));
    return new Evidence(snapshot, shown, known);
  }
}
