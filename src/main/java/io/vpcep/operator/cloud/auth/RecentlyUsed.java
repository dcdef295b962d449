package io.vpcep.operator.cloud.auth;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was not used for the longest time. Not for several threads. */
final class RecentlyUsed<V> extends LinkedHashMap<String, V> {
  private static final long serialVersionUID = 1;

  private final int most;

  RecentlyUsed(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
    return size() > most;
  }
}
