package io.vpcep.operator.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a simulated cloud behaves.
 *
 * @param latency time that each request waits before it is answered, not negative
 * @param churn how often the cloud changes by itself; absent: never
 * @param throttle how many listings are answered in a while; absent: all
 * @param faults what goes wrong from the start; of two for one project the later counts
 */
public record Conduct(
    Duration latency,
    Optional<Churn> churn,
    Optional<Throttle> throttle,
    List<PlannedFault> faults) {
  /** Answers everything at once, and changes nothing. */
  public static final Conduct PERFECT =
      new Conduct(Duration.ZERO, Optional.empty(), Optional.empty(), List.of());

  /**
   * Checks the latency.
   *
   * @throws IllegalArgumentException naming the option and the remedy
   */
  public Conduct {
    faults = List.copyOf(faults);
    new Checks()
        .expect(!latency.isNegative(), "--latency must not be negative: leave it out for none")
        .done();
  }

  Conduct withLatency(Duration other) {
    return new Conduct(other, churn, throttle, faults);
  }

  Conduct withChurn(Churn other) {
    return new Conduct(latency, Optional.of(other), throttle, faults);
  }

  Conduct withThrottle(Throttle other) {
    return new Conduct(latency, churn, Optional.of(other), faults);
  }

  Conduct withFaults(List<PlannedFault> others) {
    return new Conduct(latency, churn, throttle, others);
  }
}
