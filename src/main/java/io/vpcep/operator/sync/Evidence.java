package io.vpcep.operator.sync;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A listing, beside what it lacks.
 *
 * @param unrecognized names of the resources that mirror, or are to mirror, what it shows and was
 *     not recognized
 * @param missing mirrored services that this and former complete listings lack; by the resource's
 *     name
 */
record Evidence(Snapshot snapshot, Set<String> unrecognized, Map<String, Missing> missing) {

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
    Evidence listed = new Evidence(snapshot, unrecognized(snapshot), Map.of());
    Map<String, Missing> missing = new HashMap<>();
    for (MirroredService service : mirrored) {
      String name = service.name();
      if (listed.shows(name) || service.terminating()) {
        continue;
      }
      Missing known = Missing.orNever(before.get(name));
      Missing now = snapshot.isComplete() ? known.again() : known;
      if (now.isKnown()) {
        missing.put(name, now);
      }
    }
    return new Evidence(snapshot, listed.unrecognized, missing);
  }

  private static Set<String> unrecognized(Snapshot snapshot) {
    return snapshot.services().stream()
        .map(service -> ResourceNames.ofService(service.id()))
        .collect(Collectors.toSet());
  }

  /** True for the name of the resource of a service that is listed. */
  boolean shows(String name) {
    return snapshot.recognized().contains(name) || unrecognized.contains(name);
  }

  /** The same with what asking for single services showed. */
  Evidence with(Map<String, Missing.Fate> fates) {
    Map<String, Missing> known = new HashMap<>(missing);
    fates.forEach((name, fate) -> known.computeIfPresent(name, (same, was) -> was.with(fate)));
    return new Evidence(snapshot, unrecognized, known);
  }
}
