package io.vpcep.operator.sync;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012): 64 bits which nobody who lacks the key can make
 * collide. Made for short inputs, and quick where the JVM has no code of its own for SHA-256, as
 * its first compiler has not.
 */
public final class SipHash {
  private static final int C_ROUNDS = 2;
  private static final int D_ROUNDS = 4;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long k0;
  private final long k1;

  /** With a key of 128 bits, little-endian: the lower half and the upper one. */
  SipHash(long k0, long k1) {
    this.k0 = k0;
    this.k1 = k1;
  }

  /** With a key that ends with the process: its digests mean nothing to another one. */
  public static SipHash ofThisProcess() {
    return ProcessKey.HASH;
  }

  /** Made where it is first needed. */
  private static final class ProcessKey {
    private static final SecureRandom RANDOM = new SecureRandom();
    static final SipHash HASH = new SipHash(RANDOM.nextLong(), RANDOM.nextLong());
  }

  /** The digest of {@code length} bytes from {@code from} on. */
  public long digest(byte[] bytes, int from, int length) {
    // In locals and one loop: the first compiler would write each step to fields.
    long a = k0 ^ 0x736f6d6570736575L;
    long b = k1 ^ 0x646f72616e646f6dL;
    long c = k0 ^ 0x6c7967656e657261L;
    long d = k1 ^ 0x7465646279746573L;
    int last = length & -Long.BYTES;
    int end = last + Long.BYTES;
    for (int at = 0; at <= end; at += Long.BYTES) {
      long word = 0;
      int rounds = C_ROUNDS;
      if (at < last) {
        word = (long) WORD.get(bytes, from + at);
      } else if (at == last) {
        word = rest(bytes, from + last, length);
      } else {
        c ^= 0xff;
        rounds = D_ROUNDS;
      }
      d ^= word;
      for (int i = 0; i < rounds; i++) {
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
      a ^= word;
    }
    return a ^ b ^ c ^ d;
  }

  /** What is left over, below the length modulo 256. */
  private static long rest(byte[] bytes, int from, int length) {
    long word = (long) length << 56;
    for (int i = 0; i < length % Long.BYTES; i++) {
      word |= (bytes[from + i] & 0xffL) << i * 8;
    }
    return word;
  }
}
