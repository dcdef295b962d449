package io.vpcep.operator.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Lets requests pass that carry the configured token, or all where none is configured. */
final class Authentication {
  private final Optional<byte[]> expected;

  Authentication(Optional<String> token) {
    this.expected = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Compares in constant time.
   *
   * @param token the {@code X-Auth-Token} of the request; null: it has none
   * @throws ApiError 401 where a token is configured and this is not it
   */
  void check(String token) throws ApiError {
    if (expected.isEmpty()) {
      return;
    }
    byte[] given = (token == null ? "" : token).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(expected.get(), given)) {
      throw ApiError.unauthenticated();
    }
  }
}
