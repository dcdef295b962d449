package io.vpcep.operator.cloud;

import java.time.Duration;
import java.util.*;
import java.util.stream.*;
import org.junit.jupiter.api.Test;

class SimTest {
  @Test
  void sim() {
    for (Duration ra : new Duration[] {null, Duration.ofSeconds(1)})
      for (int interval : new int[] {5, 10, 60}) {
        ThrottledApi api = new ThrottledApi(ra);
        api.allows(20);
        List<VirtualProject> ps =
            IntStream.range(0, 300)
                .mapToObj(i -> new VirtualProject(api, "p" + i, Duration.ofSeconds(interval), 1))
                .toList();
        ps.forEach(p -> p.start(Duration.ZERO));
        api.runFor(Duration.ofSeconds(60));
        long s1 = api.now;
        int a = api.answered, t = api.throttled;
        Duration first =
            ps.stream().map(p -> p.longestWait(0)).max(Comparator.naturalOrder()).get();
        api.runFor(Duration.ofSeconds(240));
        Duration cyc =
            ps.stream().map(p -> p.longestCycle(s1)).max(Comparator.naturalOrder()).get();
        Duration wait =
            ps.stream().map(p -> p.longestWait(s1)).max(Comparator.naturalOrder()).get();
        System.out.printf(
            "ra=%s interval=%d first60wait=%s cycle=%s wait=%s rate=%.1f throttledPct=%.2f level=%s%n",
            ra,
            interval,
            first,
            cyc,
            wait,
            (api.answered - a) / 240.0,
            100.0 * (api.throttled - t) / (api.answered - a),
            api.budget.level(api.now));
        api.allows(1e9);
        long end = api.now;
        for (double c = 0.5; c <= 3; c += 0.25) {
          long at = end + (long) (c * interval * 1e9);
          api.runFor(Duration.ofNanos(at - api.now));
          System.out.printf(
              "  %.2f waiting=%d %.1f;",
              c,
              api.budget.level(api.now).waiting(),
              api.budget.level(api.now).requestsPerSecond());
        }
        System.out.println();
        long s3 = end + 2L * interval * 1_000_000_000L;
        Duration w = ps.stream().map(p -> p.longestWait(s3)).max(Comparator.naturalOrder()).get();
        System.out.println("  wait after two cycles " + w);
      }
  }
}
