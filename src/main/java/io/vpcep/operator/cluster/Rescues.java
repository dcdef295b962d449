package io.vpcep.operator.cluster;

import java.util.HashMap;
import java.util.Map;

/**
 * How many plans may write by themselves at a time, where all writers hang. The requests that hang
 * then share the connection to the API server with all others, such as those that keep the Lease:
 * so there is a bound for all plans, and a lower one for a namespace, whose webhook or quota may be
 * what fails. Thread-safe.
 */
final class Rescues {
  /** With the writers, three quarters of the requests that may be under way. */
  static final int MOST = 32;

  static final int MOST_OF_A_NAMESPACE = 8;

  private final Map<String, Integer> underWay = new HashMap<>();
  private int all;

  /** Takes a place that {@link #end} gives back; false: there is none. */
  synchronized boolean begin(String namespace) {
    int own = underWay.getOrDefault(namespace, 0);
    if (all >= MOST || own >= MOST_OF_A_NAMESPACE) {
      return false;
    }
    all++;
    underWay.put(namespace, own + 1);
    return true;
  }

  /** Gives a place of {@code namespace} back. */
  synchronized void end(String namespace) {
    all--;
    underWay.computeIfPresent(namespace, (name, own) -> own == 1 ? null : own - 1);
  }
}
