package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.Credentials;
import java.time.Duration;
import java.time.Instant;

/**
 * Credentials that end.
 *
 * @param credentials a token or a key pair
 * @param renewAt from when on to look for the next ones
 * @param expires from when on they are of no use
 */
record Temporary(Credentials credentials, Instant renewAt, Instant expires) {
  /** As the vendor's SDK does; also the time for which trouble on the other side goes unnoticed. */
  private static final Duration MARGIN = Duration.ofMinutes(40);

  /** However the clocks differ: credentials that end as they come would be asked for each page. */
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  /**
   * @param expires as the other side says
   */
  static Temporary until(Instant expires, Credentials credentials, Instant now) {
    Instant shortest = now.plus(SHORTEST);
    Instant end = expires.isBefore(shortest) ? shortest : expires;
    Duration half = Duration.between(now, end).dividedBy(2);
    return new Temporary(credentials, end.minus(half.compareTo(MARGIN) < 0 ? half : MARGIN), end);
  }

  boolean isUsable(Instant now) {
    return now.isBefore(expires);
  }

  boolean isDue(Instant now) {
    return !now.isBefore(renewAt);
  }

  /** The same, where the next ones were asked for just now. */
  Temporary asked(Instant now) {
    return new Temporary(credentials, now.plus(SHORTEST), expires);
  }
}
