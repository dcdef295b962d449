package io.vpcep.operator.cloud;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who waits for a request to spend, oldest first. A place is kept between two questions; one that
 * nobody comes back for is passed over after a second, and later given up.
 */
final class WaitingLine {
  private static final long LATE = Duration.ofSeconds(1).toNanos();
  private static final long GONE = Duration.ofSeconds(30).toNanos();

  /** From who waits to when they said they would ask again. */
  private final Map<Object, Long> waiting = new LinkedHashMap<>();

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  boolean holds(Object who) {
    return waiting.containsKey(who);
  }

  /** Somebody asks: a new one takes the last place. */
  void ask(Object who, long now) {
    waiting.put(who, now);
  }

  /** Somebody who waits will ask again then. */
  void comesBack(Object who, long at) {
    waiting.replace(who, at);
  }

  void leave(Object who) {
    waiting.remove(who);
  }

  /** 1 for who is next of those that come back in time. */
  int position(Object who, long now) {
    int position = 1;
    for (Map.Entry<Object, Long> place : waiting.entrySet()) {
      if (place.getKey().equals(who)) {
        break;
      }
      position += now - place.getValue() > LATE ? 0 : 1;
    }
    return position;
  }

  /** Whether one of the first so many is about to ask, until then. */
  boolean expectsOneOf(int first, long now, long until) {
    int position = 0;
    for (long comesBack : waiting.values()) {
      if (now - comesBack <= LATE) {
        position++;
        if (position > first) {
          return false;
        }
        if (until - comesBack >= 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** Gives up the places of those who are gone. */
  void expire(long now) {
    waiting.values().removeIf(comesBack -> now - comesBack > GONE);
  }
}
