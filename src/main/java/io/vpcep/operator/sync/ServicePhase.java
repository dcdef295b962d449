package io.vpcep.operator.sync;

import io.vpcep.operator.crd.Condition;
import java.util.Locale;

/** The states that the conditions of a mirrored service tell apart. */
public enum ServicePhase {
  /** The cloud says available. */
  AVAILABLE("Available", Condition.TRUE, null),
  /** The cloud says creating. */
  CREATING("Creating", Condition.FALSE, Condition.RECONCILING),
  /** The cloud says deleting. */
  DELETING("Deleting", Condition.FALSE, Condition.RECONCILING),
  /** The cloud says failed. */
  FAILED("Failed", Condition.FALSE, Condition.STALLED),
  /** The cloud says something else, or nothing. */
  UNKNOWN_AVAILABILITY("UnknownAvailability", Condition.UNKNOWN, null),
  /** A complete listing lacks it, and nothing says that it still exists. */
  NOT_FOUND("NotFound", Condition.FALSE, null),
  /** A complete listing lacks it, and the project's query is the reason, or may be. */
  OUT_OF_SCOPE("OutOfScope", Condition.FALSE, null),
  /** Its project was not synced for too long. */
  STALE("Stale", Condition.UNKNOWN, null);

  private final String reason;
  private final String ready;
  private final String companion;

  ServicePhase(String reason, String ready, String companion) {
    this.reason = reason;
    this.ready = ready;
    this.companion = companion;
  }

  /** The reason of the conditions. */
  public String reason() {
    return reason;
  }

  /** The status of {@code Ready}. */
  String ready() {
    return ready;
  }

  /** The type of the condition that is True beside {@code Ready}, or null. */
  String companion() {
    return companion;
  }

  /** True when it says that no listing shows the service. */
  boolean isMark() {
    return this == NOT_FOUND || this == OUT_OF_SCOPE || this == STALE;
  }

  /** The phase of a service that a listing shows with {@code availability}, which may be null. */
  static ServicePhase of(String availability) {
    return switch (availability == null ? "" : availability.toLowerCase(Locale.ROOT)) {
      case "available" -> AVAILABLE;
      case "creating" -> CREATING;
      case "deleting" -> DELETING;
      case "failed" -> FAILED;
      default -> UNKNOWN_AVAILABILITY;
    };
  }

  /** The phase whose reason is {@code reason}; what nobody of us wrote is unknown. */
  static ServicePhase ofReason(String reason) {
    for (ServicePhase phase : values()) {
      if (phase.reason.equals(reason)) {
        return phase;
      }
    }
    return UNKNOWN_AVAILABILITY;
  }
}
