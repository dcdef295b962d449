package io.vpcep.operator.controller;

import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.sync.ProjectSettings;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;

/** The durations of a spec, or the defaults where the spec makes no sense: time goes on anyway. */
final class Intervals {
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration STALE_AFTER = Duration.ofMinutes(30);

  private Intervals() {}

  static Duration interval(VpcEndpointProjectSpec spec) {
    try {
      return ProjectSettings.of(spec).interval();
    } catch (SyncFailure e) {
      return INTERVAL;
    }
  }

  static Duration staleAfter(VpcEndpointProjectSpec spec) {
    try {
      return ProjectSettings.of(spec).staleAfter();
    } catch (SyncFailure e) {
      return STALE_AFTER;
    }
  }
}
