package io.vpcep.operator.controller;

import io.vpcep.operator.sync.MirroredService;
import io.vpcep.operator.sync.Missing;
import io.vpcep.operator.sync.ServicePhase;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Which mirrored services complete listings lacked, and how many in a row. A listing of something
 * else (the spec was changed) begins a new row.
 *
 * @param listedFrom digest of what was listed, or null
 * @param counts by the name of the resource
 */
record Misses(String listedFrom, Map<String, Missing> counts) {

  /**
   * What a process takes over from one whose guard held prunes. Each process counts for itself,
   * from zero: a listing that was complete then is no second look at what is missing now. But that
   * the guard holds is not forgotten, so that the project is not said to be well until it holds
   * again.
   */
  static Misses ofGuard(String listedFrom, Collection<MirroredService> mirrored) {
    Map<String, Missing> held = new HashMap<>();
    for (MirroredService service : mirrored) {
      if (service.phase() == ServicePhase.NOT_FOUND
          || service.phase() == ServicePhase.OUT_OF_SCOPE) {
        held.put(service.name(), Missing.heldBefore());
      }
    }
    return new Misses(listedFrom, Map.copyOf(held));
  }

  /** The counts that go for a listing of {@code listed}. */
  Map<String, Missing> of(String listed) {
    return listed.equals(listedFrom) ? counts : Map.of();
  }
}
