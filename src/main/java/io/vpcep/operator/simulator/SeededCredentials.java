package io.vpcep.operator.simulator;

import java.util.Random;
import java.util.stream.Collectors;

/**
 * Credentials for those who name none: the same seed, the same credentials. They look like those of
 * a cloud, and are no secret.
 */
public final class SeededCredentials {
  private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final String LETTERS = CAPITALS + "abcdefghijklmnopqrstuvwxyz";

  private final long seed;

  /** Those of a seed. */
  public SeededCredentials(long seed) {
    this.seed = seed;
  }

  /** A token: 64 letters and digits. */
  public String token() {
    return text(LETTERS, 64, 1);
  }

  /** Names a pair of keys: 20 capital letters and digits. */
  public String accessKey() {
    return text(CAPITALS, 20, 2);
  }

  /** Signs: 40 letters and digits. */
  public String secretKey() {
    return text(LETTERS, 40, 3);
  }

  /** A user. */
  public String username() {
    return "operator";
  }

  /** The password of the user: 16 letters and digits. */
  public String password() {
    return text(LETTERS, 16, 4);
  }

  /** The account that the user belongs to. */
  public String domainName() {
    return "simulated";
  }

  /** Each kind has a generator of its own, so that none depends on what else was asked for. */
  private String text(String alphabet, int length, int kind) {
    return new Random(31 * seed + kind)
        .ints(length, 0, alphabet.length())
        .mapToObj(index -> alphabet.substring(index, index + 1))
        .collect(Collectors.joining());
  }
}
