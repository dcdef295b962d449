package io.vpcep.operator.controller;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ServicePhase;
import io.vpcep.operator.sync.SyncFailure;
import io.vpcep.operator.sync.SyncPlan.Transition;
import io.vpcep.operator.sync.SyncResult;
import io.vpcep.operator.sync.WriteReport;

/** The events of a project: when something changed, and when the reason of a failure did. */
final class ProjectEvents {
  private final EventRecorder recorder;

  ProjectEvents(EventRecorder recorder) {
    this.recorder = recorder;
  }

  void suspended(VpcEndpointProject project) {
    recorder.normal(
        project, "Suspended", "Nothing is listed or written; the mirror stays as it is.");
  }

  /** Events of an attempt; {@code state} still holds the failure of the one before. */
  void attempted(VpcEndpointProject project, ProjectState state, Attempt attempt) {
    attempt.result().ifPresent(result -> listed(project, state, attempt, result));
    FailureReason before = state.lastFailure;
    attempt
        .failure()
        .filter(failure -> failure.reason() != before)
        .ifPresent(failure -> warn(project, failure));
  }

  private void warn(VpcEndpointProject project, SyncFailure failure) {
    recorder.warning(project, failure.reason().constant(), failure.getMessage());
  }

  private void listed(
      VpcEndpointProject project, ProjectState state, Attempt attempt, SyncResult result) {
    WriteReport report = result.report();
    if (report.changedAnything()) {
      recorder.normal(
          project,
          ProjectConditions.SYNCED,
          "Created %d, updated %d and pruned %d services; %d unchanged."
              .formatted(
                  report.created(), report.updated(), report.pruned(), result.plan().unchanged()));
    }
    for (Transition transition : result.plan().transitions()) {
      boolean telling =
          transition.phase() == ServicePhase.AVAILABLE || transition.phase() == ServicePhase.FAILED;
      if (telling && state.takeEvent(attempt.ended())) {
        tell(project, transition);
      }
    }
  }

  private void tell(VpcEndpointProject project, Transition transition) {
    String name = transition.serviceName() == null ? transition.name() : transition.serviceName();
    String message = name + " (" + transition.name() + "): " + transition.message();
    if (transition.phase() == ServicePhase.AVAILABLE) {
      recorder.normal(project, "ServiceAvailable", message);
    } else {
      recorder.warning(project, "ServiceFailed", message);
      recorder.warning(service(project, transition.name()), "ServiceFailed", transition.message());
    }
  }

  /** Enough of a service for an event to be about it. */
  private static VpcEndpointService service(VpcEndpointProject project, String name) {
    VpcEndpointService service = new VpcEndpointService();
    service.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(project.getMetadata().getNamespace())
            .withName(name)
            .build());
    return service;
  }
}
