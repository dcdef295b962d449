package io.vpcep.operator.sync;

/**
 * Why a sync failed: the reason of the project's condition, the {@code result} of the metric and
 * the key of the log, in one constant.
 */
public enum FailureReason {
  /** 429, or 400 with code {@code EndPoint.0022}. */
  THROTTLED("Throttled", Recovery.BY_RETRY),
  /** Name not found, no connection, TLS failure, time-out, connection cut. */
  ENDPOINT_UNREACHABLE("EndpointUnreachable", Recovery.BY_RETRY),
  /** 5xx or 408. */
  SERVER_ERROR("ServerError", Recovery.BY_RETRY),
  /** Not JSON, cut off, or over a limit. */
  INVALID_RESPONSE("InvalidResponse", Recovery.BY_RETRY),
  /** The listing does not prove itself complete, or does not end. */
  INCOMPLETE_LISTING("IncompleteListing", Recovery.BY_RETRY),
  /** The Kubernetes API refused some writes. */
  WRITE_FAILED("WriteFailed", Recovery.BY_RETRY),
  /** The Secret is absent. */
  SECRET_NOT_FOUND("SecretNotFound", Recovery.BY_RETRY),
  /** 401: retried seldom, since wrong passwords lock accounts. */
  AUTHENTICATION_FAILED("AuthenticationFailed", Recovery.BY_RARE_RETRY),
  /** The spec makes no sense. */
  INVALID_SPEC("InvalidSpec", Recovery.BY_A_PERSON),
  /** The Secret lacks keys or holds a mixture. */
  SECRET_INVALID("SecretInvalid", Recovery.BY_A_PERSON),
  /** 403. */
  ACCESS_DENIED("AccessDenied", Recovery.BY_A_PERSON),
  /** Any other 3xx or 4xx. */
  REJECTED("Rejected", Recovery.BY_A_PERSON),
  /** The address is not one that projects may name. */
  ENDPOINT_NOT_ALLOWED("EndpointNotAllowed", Recovery.BY_A_PERSON),
  /** More services would be pruned at once than the guard lets go. */
  PRUNE_BLOCKED("PruneBlocked", Recovery.BY_A_PERSON),
  /** Another project owns some of the services. */
  CONFLICT("Conflict", Recovery.BY_A_PERSON);

  /** How a project gets over a failure. */
  public enum Recovery {
    /** Transient: tried again soon, growing slower. */
    BY_RETRY,
    /** Transient, but each attempt may cost: tried again after minutes. */
    BY_RARE_RETRY,
    /** Stalled: waits for a change, and looks again every now and then. */
    BY_A_PERSON
  }

  private final String constant;
  private final Recovery recovery;

  FailureReason(String constant, Recovery recovery) {
    this.constant = constant;
    this.recovery = recovery;
  }

  /** The CamelCase constant that users see. */
  public String constant() {
    return constant;
  }

  /** How a project gets over it. */
  public Recovery recovery() {
    return recovery;
  }
}
