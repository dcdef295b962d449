package io.vpcep.operator.controller;

import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.sync.ProjectSettings;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;

/**
 * A spec as far as it makes sense. Where it makes none, time goes on all the same, by the defaults.
 *
 * @param settings null where the spec makes no sense
 * @param problem null where it does
 */
record UnderstoodSpec(ProjectSettings settings, SyncFailure problem) {
  static UnderstoodSpec of(VpcEndpointProject project) {
    try {
      return new UnderstoodSpec(ProjectSettings.of(project.getSpec()), null);
    } catch (SyncFailure e) {
      return new UnderstoodSpec(null, e);
    }
  }

  boolean makesSense() {
    return problem == null;
  }

  ProjectSettings orThrow() throws SyncFailure {
    if (problem != null) {
      throw problem;
    }
    return settings;
  }

  Duration interval() {
    return settings == null ? ProjectSettings.DEFAULT_INTERVAL : settings.interval();
  }

  /** The interval while something is moving. */
  Duration fastInterval() {
    return settings == null ? interval() : settings.fastInterval();
  }

  Duration staleAfter() {
    return settings == null ? ProjectSettings.DEFAULT_STALE_AFTER : settings.staleAfter();
  }
}
