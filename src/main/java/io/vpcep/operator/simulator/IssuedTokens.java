package io.vpcep.operator.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** The tokens that the identity service gave and that are still good. Thread-safe. */
final class IssuedTokens {
  /** As long as those of real clouds, which fill a header of more than a kilobyte. */
  private static final int BYTES = 900;

  private final Random random;
  private final Duration lifetime;
  private final InstantSource clock;
  private final Map<String, Issued> good = new HashMap<>();

  /**
   * A token as it was given.
   *
   * @param value printable ASCII
   */
  record Issued(String value, String projectId, Instant issuedAt, Instant expiresAt) {}

  IssuedTokens(Random random, Duration lifetime, InstantSource clock) {
    this.random = random;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  synchronized Issued issue(String projectId) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    Instant now = clock.instant();
    good.values().removeIf(token -> !token.expiresAt().isAfter(now));
    String value = Base64.getEncoder().encodeToString(bytes);
    Issued token = new Issued(value, projectId, now, now.plus(lifetime));
    good.put(value, token);
    return token;
  }

  synchronized boolean isGood(String value, String projectId) {
    Issued token = good.get(value);
    return token != null
        && token.projectId().equals(projectId)
        && token.expiresAt().isAfter(clock.instant());
  }

  /** Voids every token before its time. */
  synchronized void revoke() {
    good.clear();
  }
}
