package io.vpcep.operator.simulator;

import java.time.Duration;
import java.util.Optional;

/** Whom a simulated cloud answers. No {@code toString} shows a secret. */
public sealed interface Access {

  /** Anybody. */
  record Open() implements Access {}

  /**
   * Who sends this token as {@code X-Auth-Token}.
   *
   * @param token printable ASCII without a space
   */
  record Token(String token) implements Access {
    /**
     * Checks the token.
     *
     * @throws IllegalArgumentException naming the option and the remedy
     */
    public Token {
      new Checks()
          .expect(isSendable(token), "--token must be printable ASCII without a space")
          .done();
    }

    @Override
    public String toString() {
      return "Token[***]";
    }
  }

  /**
   * Who signs with this pair of keys (AK/SK).
   *
   * @param accessKey printable ASCII without a space or comma
   * @param secretKey not blank; never sent
   * @param securityToken what must be sent along and signed, printable ASCII; absent: the pair is
   *     permanent, and nothing may be sent along
   */
  record KeyPair(String accessKey, String secretKey, Optional<String> securityToken)
      implements Access {
    /**
     * Checks the keys.
     *
     * @throws IllegalArgumentException naming every wrong option and its remedy, one a line
     */
    public KeyPair {
      new Checks()
          .expect(
              isSendable(accessKey) && accessKey.indexOf(',') < 0,
              "--access-key must be printable ASCII without a space or comma")
          .expect(isSendable(secretKey), "--secret-key must be printable ASCII without a space")
          .expect(
              securityToken.isEmpty() || isSendable(securityToken.get()),
              "--security-token must be printable ASCII without a space")
          .done();
    }

    @Override
    public String toString() {
      return "KeyPair[***]";
    }
  }

  /**
   * Who sends a token that the identity service (IAM) of the simulated cloud gave for the project.
   *
   * @param username name of the one user, not blank
   * @param password not blank
   * @param domainName the account that the user belongs to, not blank
   * @param tokenLifetime how long a token is valid, at least a second
   */
  record Login(String username, String password, String domainName, Duration tokenLifetime)
      implements Access {
    /**
     * Checks the account.
     *
     * @throws IllegalArgumentException naming every wrong option and its remedy, one a line
     */
    public Login {
      new Checks()
          .expect(!username.isBlank(), "--username must not be blank")
          .expect(!password.isBlank(), "--password must not be blank")
          .expect(!domainName.isBlank(), "--domain must not be blank")
          .expect(
              tokenLifetime.compareTo(Duration.ofSeconds(1)) >= 0,
              "--token-lifetime must be at least 1s")
          .done();
    }

    @Override
    public String toString() {
      return "Login[***]";
    }
  }

  /** Whether a header can hold it. */
  private static boolean isSendable(String value) {
    return value.matches("[\\x21-\\x7e]+");
  }
}
