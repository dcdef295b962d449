package io.vpcep.operator.sync;

import java.net.URI;

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

  /**
   * A user of the identity service (IAM), which gives a token for the cloud project that is listed.
   *
   * @param domainName the account that the user belongs to
   * @param iamEndpoint base URL of the identity service
   */
  record Login(String username, String password, String domainName, URI iamEndpoint)
      implements Credentials {
    @Override
    public String toString() {
      return "Login[redacted]";
    }
  }

  /** The temporary keys of the agency of the node that the operator runs on. */
  record NodeAgency() implements Credentials {}

  /** The temporary keys of the identity of the operator's pod. */
  record PodIdentity() implements Credentials {}
}
