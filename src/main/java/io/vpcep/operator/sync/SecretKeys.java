package io.vpcep.operator.sync;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the keys of a Secret mean. Messages name keys and never show a value. */
public final class SecretKeys {
  private static final String TOKEN = "token";
  private static final String ACCESS_KEY = "accessKey";
  private static final String SECRET_KEY = "secretKey";
  private static final String SECURITY_TOKEN = "securityToken";
  private static final String USERNAME = "username";
  private static final String PASSWORD = "password";
  private static final String DOMAIN_NAME = "domainName";
  private static final String AUTHORITIES = "ca.crt";
  private static final Set<String> KEY_PAIR = Set.of(ACCESS_KEY, SECRET_KEY);
  private static final Set<String> SIGNING = Set.of(ACCESS_KEY, SECRET_KEY, SECURITY_TOKEN);
  private static final Set<String> LOGIN = Set.of(USERNAME, PASSWORD, DOMAIN_NAME);

  /** What stands for bytes that are no UTF-8. */
  private static final String UNDECODABLE = "\ufffd";

  private SecretKeys() {}

  /**
   * The credentials in a Secret: {@code token}; or {@code accessKey}, {@code secretKey} and for
   * temporary keys {@code securityToken}; or {@code username}, {@code password} and {@code
   * domainName}. White space around a value is dropped, of a password only line feeds at its end;
   * other keys are ignored.
   *
   * @param iamEndpoint base URL of the identity service, which a user name needs
   * @throws SyncFailure {@code SecretInvalid} where keys are missing, mixed or empty; {@code
   *     InvalidSpec} where a user name has no identity service
   */
  public static Credentials credentials(
      String secret, Map<String, String> values, Optional<URI> iamEndpoint) throws SyncFailure {
    TreeSet<String> present = new TreeSet<>(values.keySet());
    present.removeIf(key -> !key.equals(TOKEN) && !SIGNING.contains(key) && !LOGIN.contains(key));
    if (present.equals(Set.of(TOKEN))) {
      return new Credentials.Token(sendable(secret, values, TOKEN));
    }
    if (present.equals(KEY_PAIR) || present.equals(SIGNING)) {
      return new Credentials.AccessKey(
          sendable(secret, values, ACCESS_KEY),
          sendable(secret, values, SECRET_KEY),
          present.contains(SECURITY_TOKEN) ? sendable(secret, values, SECURITY_TOKEN) : null);
    }
    if (present.equals(LOGIN)) {
      return login(secret, values, iamEndpoint);
    }
    throw invalid(secret, problem(present));
  }

  private static Credentials login(
      String secret, Map<String, String> values, Optional<URI> iamEndpoint) throws SyncFailure {
    String username = name(secret, values, USERNAME);
    String password = password(secret, values.get(PASSWORD));
    String domainName = name(secret, values, DOMAIN_NAME);
    return new Credentials.Login(
        username,
        password,
        domainName,
        iamEndpoint.orElseThrow(
            () ->
                new SyncFailure(
                    FailureReason.INVALID_SPEC,
                    "spec.credentials.iamEndpoint is missing: the username and password of Secret "
                        + secret
                        + " need the base URL of the identity service, such as"
                        + " https://iam.ae-ad-1.myhuaweicloud.com")));
  }

  /** What is wrong with a set of keys that is no kind of credentials. */
  private static String problem(Set<String> present) {
    if (present.isEmpty()) {
      return "has neither the key token, nor the keys accessKey and secretKey, nor the keys"
          + " username, password and domainName";
    }
    for (Set<String> kind : Set.of(SIGNING, LOGIN)) {
      if (kind.containsAll(present)) {
        Set<String> missing = new TreeSet<>(kind);
        missing.removeAll(present);
        missing.remove(SECURITY_TOKEN);
        return "has " + present + " and lacks " + missing;
      }
    }
    return "mixes credentials: "
        + present
        + "; keep token alone, or accessKey and secretKey, with securityToken if there is one, or"
        + " username, password and domainName";
  }

  private static String sendable(String secret, Map<String, String> values, String key)
      throws SyncFailure {
    return HeaderValue.of(values.get(key))
        .orElseThrow(
            () ->
                invalid(
                    secret,
                    "has a " + key + " that is empty or holds characters that cannot be sent"));
  }

  /** Of any script. */
  private static String name(String secret, Map<String, String> values, String key)
      throws SyncFailure {
    String name = values.get(key).strip();
    if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl) || isUndecodable(name)) {
      throw invalid(
          secret, "has a " + key + " that is empty, holds control characters or is no UTF-8");
    }
    return name;
  }

  /** White space may be a part of it. */
  private static String password(String secret, String value) throws SyncFailure {
    int end = value.length();
    while (end > 0 && (value.charAt(end - 1) == '\n' || value.charAt(end - 1) == '\r')) {
      end--;
    }
    // Sent with something else in the place of some bytes it would count as a wrong password.
    if (end == 0 || isUndecodable(value)) {
      throw invalid(secret, "has a " + PASSWORD + " that is empty or no UTF-8");
    }
    return value.substring(0, end);
  }

  private static boolean isUndecodable(String value) {
    return value.contains(UNDECODABLE);
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
