package io.vpcep.operator.cloud;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who waits for a request to spend, oldest first, and who was given one and has not come to fetch
 * it. A place is kept between two questions; one that nobody comes back for is given up.
 */
final class WaitingLine {
  /** So much later than announced somebody may come back. */
  private static final long GRACE = Duration.ofSeconds(30).toNanos();

  /** From who waits to when they said they would come back. */
  private final Map<Object, Long> waiting = new LinkedHashMap<>();

  private final Map<Object, Long> given = new HashMap<>();

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  boolean holds(Object who) {
    return waiting.containsKey(who) || given.containsKey(who);
  }

  /** Takes the last place. */
  void join(Object who, long now) {
    waiting.put(who, now);
  }

  /** Says when somebody who waits will ask again. */
  void comesBack(Object who, long at) {
    waiting.replace(who, at);
  }

  /** 1 for who is next. */
  int position(Object who) {
    int position = 1;
    for (Object other : waiting.keySet()) {
      if (other.equals(who)) {
        return position;
      }
      position++;
    }
    throw new IllegalArgumentException("nobody of that name waits");
  }

  /** Gives the oldest a request, to be fetched when they come back. */
  void giveToOldest(long now) {
    Iterator<Map.Entry<Object, Long>> oldest = waiting.entrySet().iterator();
    Map.Entry<Object, Long> entry = oldest.next();
    oldest.remove();
    given.put(entry.getKey(), entry.getValue() - now > 0 ? entry.getValue() : now);
  }

  boolean wasGiven(Object who) {
    return given.containsKey(who);
  }

  /** Fetches what was given. */
  void fetch(Object who) {
    given.remove(who);
  }

  /** Gives up the places of those who did not come back. */
  void expire(long now) {
    waiting.values().removeIf(comesBack -> now - comesBack > GRACE);
    given.values().removeIf(comesBack -> now - comesBack > GRACE);
  }
}
