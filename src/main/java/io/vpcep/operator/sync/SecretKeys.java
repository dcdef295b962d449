package io.vpcep.operator.sync;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What the keys of a Secret mean. Messages name keys and never show a value. */
public final class SecretKeys {
  private static final String TOKEN = "token";
  private static final String AUTHORITIES = "ca.crt";
  private static final List<String> KNOWN =
      List.of(
          TOKEN, "accessKey", "secretKey", "securityToken", "username", "password", "domainName");

  private SecretKeys() {}

  /**
   * The credentials in a Secret.
   *
   * @throws SyncFailure {@code SecretInvalid} where keys are missing, mixed or empty
   */
  public static Credentials credentials(String secret, Map<String, String> values)
      throws SyncFailure {
    TreeSet<String> present = new TreeSet<>(values.keySet());
    present.retainAll(KNOWN);
    if (!present.contains(TOKEN)) {
      throw invalid(secret, "has no key token" + (present.isEmpty() ? "" : ", but " + present));
    }
    if (present.size() > 1) {
      throw invalid(secret, "mixes credentials: " + present + "; keep token alone");
    }
    String token = values.get(TOKEN).strip();
    if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw invalid(secret, "has a token that is empty or no header value");
    }
    return new Credentials.Token(token);
  }

  /**
   * The PEM certificates in a Secret.
   *
   * @throws SyncFailure {@code SecretInvalid} where there are none
   */
  public static String authorities(String secret, Map<String, String> values) throws SyncFailure {
    String pem = values.get(AUTHORITIES);
    if (pem == null || !pem.contains("-----BEGIN CERTIFICATE-----")) {
      throw invalid(secret, "has no key ca.crt with PEM certificates");
    }
    return pem;
  }

  private static SyncFailure invalid(String secret, String problem) {
    return new SyncFailure(FailureReason.SECRET_INVALID, "Secret " + secret + " " + problem);
  }
}
