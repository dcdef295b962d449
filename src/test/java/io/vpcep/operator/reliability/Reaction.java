package io.vpcep.operator.reliability;

/** What a {@link FaultProxy} does with a request. */
public sealed interface Reaction {
  /** Nothing special: the server answers. */
  Reaction FORWARD = new Forward();

  /** The connection ends; the server never hears of the request. */
  Reaction CUT_BEFORE = new CutBefore();

  /** The server does what is asked; the connection ends instead of an answer. */
  Reaction CUT_AFTER = new CutAfter();

  /** The same, and it is the last thing that the server hears: {@link FaultProxy#cutOff}. */
  Reaction CUT_OFF_AFTER = new CutOffAfter();

  /** The server answers; half of its answer's body arrives. */
  Reaction CUT_HALFWAY = new CutHalfway();

  /** A refusal as an API server words it, without {@code Retry-After}. */
  static Reaction refuse(int status, String message) {
    return new Refuse(status, null, message);
  }

  /** A watch that begins, and at once says that its resource version is too old. */
  static Reaction expire() {
    return new Expire();
  }

  /** See {@link #FORWARD}. */
  record Forward() implements Reaction {}

  /** See {@link #CUT_BEFORE}. */
  record CutBefore() implements Reaction {}

  /** See {@link #CUT_AFTER}. */
  record CutAfter() implements Reaction {}

  /** See {@link #CUT_OFF_AFTER}. */
  record CutOffAfter() implements Reaction {}

  /** See {@link #CUT_HALFWAY}. */
  record CutHalfway() implements Reaction {}

  /** See {@link #expire}. */
  record Expire() implements Reaction {}

  /**
   * An answer without the server.
   *
   * @param retryAfter value of the header, or null
   */
  record Refuse(int status, String retryAfter, String message) implements Reaction {}
}
