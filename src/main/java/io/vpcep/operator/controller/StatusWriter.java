package io.vpcep.operator.controller;

import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import java.util.Optional;

/** The port to the status of a project. */
public interface StatusWriter {
  /**
   * Writes a status.
   *
   * @param seen the project that the status was computed from
   * @return the project as it is now; empty when it is gone or could not be written, which has been
   *     logged
   */
  Optional<VpcEndpointProject> write(VpcEndpointProject seen, VpcEndpointProjectStatus status);
}
