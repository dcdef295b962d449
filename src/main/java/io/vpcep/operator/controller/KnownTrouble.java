package io.vpcep.operator.controller;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is being refused for whom, so that it is told once and not at each attempt. Bounded: beyond
 * the limit, whose trouble was met least recently is forgotten, and may be told again. Thread-safe.
 */
final class KnownTrouble {
  private final Map<String, Integer> codes;

  /** Keeps at most {@code limit} entries. */
  KnownTrouble(int limit) {
    this.codes =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > limit;
          }
        };
  }

  /**
   * Notes trouble.
   *
   * @param code HTTP status; 0 without an answer
   * @return true unless it was the same the last time
   */
  synchronized boolean met(String who, int code) {
    Integer before = codes.put(who, code);
    return before == null || before != code;
  }

  /** Notes that there is no trouble; true when there was some. */
  synchronized boolean over(String who) {
    return codes.remove(who) != null;
  }
}
