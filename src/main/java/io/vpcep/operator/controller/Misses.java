package io.vpcep.operator.controller;

import io.vpcep.operator.sync.MirroredService;
import io.vpcep.operator.sync.ServicePhase;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How many complete listings in a row lacked a mirrored service. A listing of something else (the
 * spec was changed) begins a new row.
 *
 * @param listedFrom digest of what was listed, or null
 * @param counts by the name of the resource
 */
record Misses(String listedFrom, Map<String, Integer> counts) {

  /**
   * What is left of the counts of a former process: a service that is marked as missing was missed
   * at least once, and by no listing shown since.
   */
  static Misses ofMarks(String listedFrom, Collection<MirroredService> mirrored) {
    Map<String, Integer> counts = new HashMap<>();
    for (MirroredService service : mirrored) {
      if (service.phase() == ServicePhase.NOT_FOUND
          || service.phase() == ServicePhase.OUT_OF_SCOPE) {
        counts.put(service.name(), 1);
      }
    }
    return new Misses(listedFrom, Map.copyOf(counts));
  }

  /** The counts that go for a listing of {@code listed}. */
  Map<String, Integer> of(String listed) {
    return listed.equals(listedFrom) ? counts : Map.of();
  }
}
