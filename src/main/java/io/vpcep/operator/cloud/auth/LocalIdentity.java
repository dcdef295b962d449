package io.vpcep.operator.cloud.auth;

import java.util.Map;

/**
 * Where this process finds the identities of its own.
 *
 * @param metadata base URL of the metadata service of the node
 * @param podCredentials URL of the pod identity service, or null
 * @param podTokenFile file with what proves to it who asks, or null
 */
public record LocalIdentity(String metadata, String podCredentials, String podTokenFile) {
  static final String POD_CREDENTIALS = "HC_CONTAINER_CREDENTIALS_FULL_URI";
  static final String POD_TOKEN_FILE = "HC_CONTAINER_AUTHORIZATION_TOKEN_FILE";
  private static final String METADATA = "http://169.254.169.254";

  /** As the cloud's container engine tells its pods by environment variables. */
  public static LocalIdentity of(Map<String, String> environment) {
    return new LocalIdentity(
        METADATA, environment.get(POD_CREDENTIALS), environment.get(POD_TOKEN_FILE));
  }
}
