package io.vpcep.operator.sync;

import java.security.SecureRandom;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012): 64 bits which nobody who lacks the key can make
 * collide. Made for short inputs, and quick where the JVM has no code of its own for SHA-256, as
 * its first compiler has not. Not thread-safe.
 */
public final class SipHash {
  private static final int C_ROUNDS = 2;
  private static final int D_ROUNDS = 4;

  private final long k0;
  private final long k1;

  private long v0;
  private long v1;
  private long v2;
  private long v3;

  /** With a key of 128 bits, little-endian: the lower half and the upper one. */
  SipHash(long k0, long k1) {
    this.k0 = k0;
    this.k1 = k1;
  }

  /** With a key that ends with the process: its digests mean nothing to another one. */
  public static SipHash ofThisProcess() {
    return new SipHash(ProcessKey.K0, ProcessKey.K1);
  }

  /** Made where it is first needed. */
  private static final class ProcessKey {
    private static final SecureRandom RANDOM = new SecureRandom();
    static final long K0 = RANDOM.nextLong();
    static final long K1 = RANDOM.nextLong();
  }

  /** The digest of the first {@code length} bytes. */
  public long digest(byte[] bytes, int length) {
    v0 = k0 ^ 0x736f6d6570736575L;
    v1 = k1 ^ 0x646f72616e646f6dL;
    v2 = k0 ^ 0x6c7967656e657261L;
    v3 = k1 ^ 0x7465646279746573L;
    int whole = length & -Long.BYTES;
    for (int at = 0; at < whole; at += Long.BYTES) {
      compress(word(bytes, at));
    }
    compress(last(bytes, whole, length));
    v2 ^= 0xff;
    rounds(D_ROUNDS);
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private void compress(long word) {
    v3 ^= word;
    rounds(C_ROUNDS);
    v0 ^= word;
  }

  /** In locals: the first compiler would write each step to the fields. */
  private void rounds(int count) {
    long a = v0;
    long b = v1;
    long c = v2;
    long d = v3;
    for (int i = 0; i < count; i++) {
      a += b;
      c += d;
      b = Long.rotateLeft(b, 13) ^ a;
      d = Long.rotateLeft(d, 16) ^ c;
      a = Long.rotateLeft(a, 32);
      c += b;
      a += d;
      b = Long.rotateLeft(b, 17) ^ c;
      d = Long.rotateLeft(d, 21) ^ a;
      c = Long.rotateLeft(c, 32);
    }
    v0 = a;
    v1 = b;
    v2 = c;
    v3 = d;
  }

  private static long word(byte[] bytes, int at) {
    return (bytes[at] & 0xffL)
        | (bytes[at + 1] & 0xffL) << 8
        | (bytes[at + 2] & 0xffL) << 16
        | (bytes[at + 3] & 0xffL) << 24
        | (bytes[at + 4] & 0xffL) << 32
        | (bytes[at + 5] & 0xffL) << 40
        | (bytes[at + 6] & 0xffL) << 48
        | (bytes[at + 7] & 0xffL) << 56;
  }

  /** What is left over, below the length modulo 256. */
  private static long last(byte[] bytes, int from, int length) {
    long word = (long) length << 56;
    for (int i = length - 1; i >= from; i--) {
      word |= (bytes[i] & 0xffL) << (i - from) * 8;
    }
    return word;
  }
}
