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

  /** Seconds between one listing of a project and its next. */
  synchronized Samples gaps() {
    List<Double> gaps = new ArrayList<>();
    for (List<Long> of : times.values()) {
      for (int i = 1; i < of.size(); i++) {
        gaps.add((of.get(i) - of.get(i - 1)) / 1e9);
      }
    }
    return new Samples(gaps);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
