package io.vpcep.operator.simulator;

/**
 * One change that the simulated cloud made by itself.
 *
 * @param kind what happened
 * @param projectId the project that changed
 * @param serviceId the service that changed
 */
public record ChurnEvent(Kind kind, String projectId, String serviceId) {
  /** What can happen to a service. */
  public enum Kind {
    /** Its number of connections is another. */
    CONNECTIONS_MOVED,
    /** It was ordered and is being created. */
    APPEARED,
    /** It was being created, or had failed, and is available. */
    BECAME_AVAILABLE,
    /** It was being created and failed. */
    FAILED,
    /** It is being deleted. */
    DELETION_BEGAN,
    /** It was being deleted and is gone. */
    GONE
  }
}
