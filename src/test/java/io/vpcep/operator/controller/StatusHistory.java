package io.vpcep.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks every status that is written: it is clean, its times move with the status alone, and its
 * message with the reason or after ten minutes.
 */
final class StatusHistory {
  private static final Duration MESSAGE_LAG = Duration.ofMinutes(10);

  private final VirtualClock clock;
  private final Map<String, Instant> messageSince = new TreeMap<>();

  StatusHistory(VirtualClock clock) {
    this.clock = clock;
  }

  void check(VpcEndpointProject seen, VpcEndpointProjectStatus status) {
    ProjectStatusAssert.assertThat(status).isClean(clock.latest());
    String name = seen.getMetadata().getName();
    status
        .conditions()
        .forEach(condition -> checkChange(name, ProjectReporter.status(seen), condition));
  }

  private void checkChange(String name, VpcEndpointProjectStatus before, Condition after) {
    before.conditions().stream()
        .filter(condition -> condition.type().equals(after.type()))
        .forEach(
            condition -> {
              if (condition.status().equals(after.status())) {
                assertThat(after.lastTransitionTime()).isEqualTo(condition.lastTransitionTime());
              }
              boolean isReady = Condition.READY.equals(after.type());
              if (isReady
                  && condition.reason().equals(after.reason())
                  && !condition.message().equals(after.message())) {
                assertThat(messageSince.get(name))
                    .isBeforeOrEqualTo(clock.instant().minus(MESSAGE_LAG));
              }
              if (isReady && !condition.message().equals(after.message())) {
                messageSince.put(name, clock.instant());
              }
            });
    messageSince.putIfAbsent(name, clock.instant());
  }
}
