package io.vpcep.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** The port to Kubernetes Events. Recording never fails and never waits. */
public interface EventRecorder {
  /** Records that something went as it should. */
  void normal(HasMetadata about, String reason, String message);

  /** Records that something did not. */
  void warning(HasMetadata about, String reason, String message);
}
