package io.vpcep.operator.cloud;

import java.time.Duration;
import java.util.*;
import java.util.stream.*;
import org.junit.jupiter.api.Test;

class Sim2Test {
  @Test
  void sim() {
    ThrottledApi api = new ThrottledApi(null);
    api.allows(20);
    List<VirtualProject> ps =
        IntStream.range(0, 300)
            .mapToObj(i -> new VirtualProject(api, "p" + i, Duration.ofSeconds(5), 1))
            .toList();
    ps.forEach(p -> p.start(Duration.ZERO));
    int la = 0, lt = 0;
    for (int i = 0; i < 150; i++) {
      api.runFor(Duration.ofMillis(500));
      System.out.printf(
          "%.1f a=%d t=%d %s%n",
          i / 2.0, api.answered - la, api.throttled - lt, api.budget.level(api.now));
      la = api.answered;
      lt = api.throttled;
    }
  }
}
