package io.vpcep.operator;

import io.vpcep.operator.simulator.Access;
import io.vpcep.operator.simulator.SeededCredentials;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The options of {@code simulator} that say whom it answers. */
final class SimulatorAccess {

  /** How requests authenticate; the names are what users write. */
  enum Way {
    /** A token in {@code X-Auth-Token}. */
    token,
    /** A signature with a pair of keys. */
    aksk,
    /** A token that the simulated identity service gives for a password. */
    iam
  }

  @Option(
      names = "--auth",
      paramLabel = "WAY",
      description = {
        "How requests have to authenticate: token, aksk or iam; without it anybody is answered.",
        "What the options below leave out is made from the seed, and printed."
      })
  private Way way;

  @Option(
      names = "--token",
      paramLabel = "T",
      description = "token: what requests carry as X-Auth-Token. Implies --auth token")
  private String token;

  @Option(names = "--access-key", paramLabel = "AK", description = "aksk: names the key pair.")
  private String accessKey;

  @Option(names = "--secret-key", paramLabel = "SK", description = "aksk: signs requests.")
  private String secretKey;

  @Option(
      names = "--security-token",
      paramLabel = "T",
      description = "aksk: makes the pair a temporary one, which goes with this token.")
  private String securityToken;

  @Option(names = "--username", paramLabel = "NAME", description = "iam: the user.")
  private String username;

  @Option(names = "--password", paramLabel = "P", description = "iam: the user's password.")
  private String password;

  @Option(names = "--domain", paramLabel = "NAME", description = "iam: the user's account.")
  private String domain;

  @Option(
      names = "--token-lifetime",
      paramLabel = "10m",
      converter = SimulatorCommand.DurationConverter.class,
      description = "iam: how long a token is valid, such as 30s, 10m or 1h. Default: 24h")
  private Duration tokenLifetime;

  /** Options that are given although they are for another way, a line each. */
  List<String> misplaced() {
    Map<String, Way> given = new LinkedHashMap<>();
    note("--token", token, Way.token, given);
    note("--access-key", accessKey, Way.aksk, given);
    note("--secret-key", secretKey, Way.aksk, given);
    note("--security-token", securityToken, Way.aksk, given);
    note("--username", username, Way.iam, given);
    note("--password", password, Way.iam, given);
    note("--domain", domain, Way.iam, given);
    note("--token-lifetime", tokenLifetime, Way.iam, given);
    return given.entrySet().stream()
        .filter(option -> option.getValue() != effective())
        .map(
            option ->
                "%s is for --auth %s: say so, or leave it out"
                    .formatted(option.getKey(), option.getValue()))
        .toList();
  }

  private static void note(String name, Object value, Way way, Map<String, Way> given) {
    if (value != null) {
      given.put(name, way);
    }
  }

  private Way effective() {
    return way == null && token != null ? Way.token : way;
  }

  /**
   * Whom the options admit.
   *
   * @throws IllegalArgumentException naming every wrong option and its remedy, one a line
   */
  Access access(long seed) {
    SeededCredentials seeded = new SeededCredentials(seed);
    if (effective() == null) {
      return new Access.Open();
    }
    return switch (effective()) {
      case token -> new Access.Token(or(token, seeded::token));
      case aksk ->
          new Access.KeyPair(
              or(accessKey, seeded::accessKey),
              or(secretKey, seeded::secretKey),
              Optional.ofNullable(securityToken));
      case iam ->
          new Access.Login(
              or(username, seeded::username),
              or(password, seeded::password),
              or(domain, seeded::domainName),
              or(tokenLifetime, () -> Duration.ofHours(24)));
    };
  }

  private static <T> T or(T given, Supplier<T> otherwise) {
    return given == null ? otherwise.get() : given;
  }
}
