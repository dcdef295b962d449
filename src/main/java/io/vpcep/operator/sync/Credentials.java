package io.vpcep.operator.sync;

/** What a listing authenticates with. Never logged: {@code toString} shows the kind alone. */
public sealed interface Credentials {

  /** No credentials are sent. */
  record None() implements Credentials {}

  /** A token, sent as {@code X-Auth-Token}. */
  record Token(String value) implements Credentials {
    @Override
    public String toString() {
      return "Token[redacted]";
    }
  }

  /**
   * A key pair (AK/SK) that signs each request.
   *
   * @param accessKey names the pair, and is sent
   * @param secretKey signs, and is never sent
   * @param securityToken sent along with temporary keys; null for permanent ones
   */
  record AccessKey(String accessKey, String secretKey, String securityToken)
      implements Credentials {
    @Override
    public String toString() {
      return "AccessKey[redacted]";
    }
  }
}
