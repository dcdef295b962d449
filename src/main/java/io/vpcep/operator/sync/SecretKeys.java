package io.vpcep.operator.sync;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the keys of a Secret mean. Messages name keys and never show a value. */
public final class SecretKeys {
  private static final String TOKEN = "token";
  private static final String ACCESS_KEY = "accessKey";
  private static final String SECRET_KEY = "secretKey";
  private static final String SECURITY_TOKEN = "securityToken";
  private static final String AUTHORITIES = "ca.crt";
  private static final Set<String> KEY_PAIR = Set.of(ACCESS_KEY, SECRET_KEY);
  private static final Set<String> SIGNING = Set.of(ACCESS_KEY, SECRET_KEY, SECURITY_TOKEN);
  private static final Set<String> LOGIN = Set.of("username", "password", "domainName");

  private SecretKeys() {}

  /**
   * The credentials in a Secret: {@code token}; or {@code accessKey}, {@code secretKey} and for
   * temporary keys {@code securityToken}. White space around a value is dropped, other keys are
   * ignored.
   *
   * @throws SyncFailure {@code SecretInvalid} where keys are missing, mixed or empty
   */
  public static Credentials credentials(String secret, Map<String, String> values)
      throws SyncFailure {
    TreeSet<String> present = new TreeSet<>(values.keySet());
    present.removeIf(key -> !key.equals(TOKEN) && !SIGNING.contains(key) && !LOGIN.contains(key));
    if (present.equals(Set.of(TOKEN))) {
      return new Credentials.Token(value(secret, values, TOKEN));
    }
    if (present.equals(KEY_PAIR) || present.equals(SIGNING)) {
      return new Credentials.AccessKey(
          value(secret, values, ACCESS_KEY),
          value(secret, values, SECRET_KEY),
          present.contains(SECURITY_TOKEN) ? value(secret, values, SECURITY_TOKEN) : null);
    }
    throw invalid(secret, problem(present));
  }

  /** What is wrong with a set of keys that is no kind of credentials. */
  private static String problem(Set<String> present) {
    if (present.isEmpty()) {
      return "has neither the key token nor the keys accessKey and secretKey";
    }
    if (LOGIN.containsAll(present)) {
      return "has "
          + present
          + ", which are not supported yet: put token, or accessKey and secretKey";
    }
    if (!SIGNING.containsAll(present)) {
      return "mixes credentials: "
          + present
          + "; keep token alone, or accessKey and secretKey, with securityToken if there is one";
    }
    Set<String> missing = new TreeSet<>(KEY_PAIR);
    missing.removeAll(present);
    return "has " + present + " and lacks " + missing;
  }

  private static String value(String secret, Map<String, String> values, String key)
      throws SyncFailure {
    // A file that became a Secret ends in a line feed more often than not.
    String value = values.get(key).strip();
    if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw invalid(
          secret, "has a " + key + " that is empty or holds characters that cannot be sent");
    }
    return value;
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
