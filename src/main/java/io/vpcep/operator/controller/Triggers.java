package io.vpcep.operator.controller;

import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.sync.CredentialSource;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What makes an attempt due: time, a changed spec, a person's request, and during back-off a
 * changed Secret. A status that could not be written does not: it costs the cloud nothing.
 */
final class Triggers {
  private final CredentialSource credentials;

  Triggers(CredentialSource credentials) {
    this.credentials = credentials;
  }

  boolean isDue(VpcEndpointProject project, UnderstoodSpec spec, ProjectState state, Instant now) {
    return state.attemptedGeneration == null
        || !Objects.equals(state.attemptedGeneration, project.getMetadata().getGeneration())
        || !now.isBefore(state.nextAttempt)
        || isAskedFor(project, state)
        || (spec.makesSense() && hasNewCredentials(project, state));
  }

  /** What was asked may not be on record yet, where the status could not be written. */
  private static boolean isAskedFor(VpcEndpointProject project, ProjectState state) {
    Map<String, String> annotations = Annotations.of(project);
    String requested = Annotations.requestedAt(annotations);
    String handled = ProjectReporter.status(project).lastHandledRequest();
    String confirmation = Annotations.confirmation(annotations);
    return (requested != null && !requested.equals(handled) && !requested.equals(state.seenRequest))
        || (confirmation != null && !confirmation.equals(state.seenConfirmation));
  }

  /** During back-off a mended Secret is worth an attempt at once. */
  private boolean hasNewCredentials(VpcEndpointProject project, ProjectState state) {
    VpcEndpointProjectSpec spec = project.getSpec();
    return state.failures > 0
        && (spec.credentials() != null || spec.tls() != null)
        && !version(project).equals(state.credentialsVersion);
  }

  private String version(VpcEndpointProject project) {
    try {
      return credentials.read(project.getMetadata().getNamespace(), project.getSpec()).version();
    } catch (SyncFailure e) {
      return e.reason().constant();
    }
  }
}
