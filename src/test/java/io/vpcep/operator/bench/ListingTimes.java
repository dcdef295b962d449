package io.vpcep.operator.bench;

import io.vpcep.operator.simulator.Simulator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Notes when the projects of a simulated cloud are listed, to 20 ms, by looking at their counters:
 * nothing lies between the operator and the cloud. For projects of one page.
 */
final class ListingTimes implements AutoCloseable {
  private static final long LOOK_MILLIS = 20;

  /** Listings that are closer belong to one sync. */
  private static final double SAME_SYNC_SECONDS = 1;

  private final long began = System.nanoTime();
  private final Simulator cloud;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Map<String, Long> counts = new HashMap<>();
  private final Map<String, List<Long>> times = new HashMap<>();

  ListingTimes(Simulator cloud) {
    this.cloud = cloud;
    cloud.projectIds().forEach(id -> counts.put(id, cloud.requests(id)));
    timer.scheduleAtFixedRate(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void look() {
    long now = System.nanoTime();
    for (Map.Entry<String, Long> before : counts.entrySet()) {
      long count = cloud.requests(before.getKey());
      if (count > before.getValue()) {
        before.setValue(count);
        times.computeIfAbsent(before.getKey(), id -> new ArrayList<>()).add(now);
      }
    }
  }

  /**
   * Seconds between one sync of a project and its next. A project that waits for longer than it
   * ever did, or was not listed at all, counts as if it were listed now.
   */
  synchronized Samples gaps() {
    long now = System.nanoTime();
    List<Double> gaps = new ArrayList<>();
    for (String id : counts.keySet()) {
      List<Long> of = times.getOrDefault(id, List.of(began));
      double longest = 0;
      for (int i = 1; i < of.size(); i++) {
        double gap = (of.get(i) - of.get(i - 1)) / 1e9;
        if (gap > SAME_SYNC_SECONDS) {
          longest = Math.max(longest, gap);
          gaps.add(gap);
        }
      }
      double waits = (now - of.get(of.size() - 1)) / 1e9;
      if (waits > longest) {
        gaps.add(waits);
      }
    }
    return new Samples(gaps);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
