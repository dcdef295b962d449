package io.vpcep.operator.sync;

import java.time.Duration;
import java.util.Optional;

/**
 * A sync that came to nothing, classified once at the edge where it arose. The message is one
 * sentence for people: bounded, without control characters and secrets, with the request id where
 * there is one.
 */
public final class SyncFailure extends Exception {
  private final FailureReason reason;
  private final Duration retryAfter;

  /** A failure that says nothing of when to try again. */
  public SyncFailure(FailureReason reason, String message) {
    this(reason, message, null, null);
  }

  /**
   * @param retryAfter how long the other side asked to be left alone, or null
   * @param cause what happened below, or null; never shown to people
   */
  public SyncFailure(FailureReason reason, String message, Duration retryAfter, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** Why. */
  public FailureReason reason() {
    return reason;
  }

  /** How long the other side asked to be left alone. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
