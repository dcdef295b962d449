package io.vpcep.operator.sync;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of the platform, which every Java has. */
public final class Sha256 {
  private Sha256() {}

  /** The digest of {@code bytes}. */
  public static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
