package io.vpcep.operator.sync;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects values for a digest: 64 bits under a key, since what the cloud sends is not trusted, and
 * nobody may make two contents look the same. A length comes before each value, so that no two
 * sequences of values are the same bytes.
 *
 * <p>Not thread-safe; made to be used again and again.
 */
final class DigestBuffer {
  private static final int ABSENT = -1;

  private byte[] bytes = new byte[2048];
  private int length;

  void put(String text) {
    if (text == null) {
      putInt(ABSENT);
    } else {
      put(encoded(text));
    }
  }

  void put(byte[] encoded) {
    putInt(encoded.length);
    reserve(encoded.length);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
  }

  void put(Long number) {
    if (number == null) {
      putInt(ABSENT);
      return;
    }
    putInt(Long.BYTES);
    putInt((int) (number >>> Integer.SIZE));
    putInt(number.intValue());
  }

  void put(Boolean flag) {
    putInt(flag == null ? ABSENT : flag ? 1 : 0);
  }

  void putInt(int number) {
    reserve(Integer.BYTES);
    bytes[length++] = (byte) (number >>> 24);
    bytes[length++] = (byte) (number >>> 16);
    bytes[length++] = (byte) (number >>> 8);
    bytes[length++] = (byte) number;
  }

  /** The digest of the values so far, and the end of them. */
  long finish() {
    long digest = SipHash.ofThisProcess().digest(bytes, 0, length);
    length = 0;
    return digest;
  }

  /** UTF-8; what is no text (half of a surrogate pair) is a question mark, as it is stored. */
  static byte[] encoded(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
