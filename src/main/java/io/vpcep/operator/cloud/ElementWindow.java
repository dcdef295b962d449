package io.vpcep.operator.cloud;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The body of a page, of which it holds back the bytes of the element that is being parsed, and
 * little more: a page is never in memory as a whole.
 */
final class ElementWindow extends FilterInputStream {
  /**
   * Bytes of an element: a service with every port, tag and error that clouds allow has a tenth.
   */
  static final int MAX_BYTES = 1 << 20;

  /** An element is over its limit. */
  static final class TooLarge extends StreamConstraintsException {
    private static final long serialVersionUID = 1;

    TooLarge() {
      super("an element of more than %d MiB".formatted(MAX_BYTES >> 20));
    }
  }

  private static final long NO_ELEMENT = Long.MAX_VALUE;

  /** Bytes of the body from {@link #start} on. */
  private byte[] bytes = new byte[16 * 1024];

  private int length;
  private long start;

  /** Where the element begins that is to be kept. */
  private long kept = NO_ELEMENT;

  ElementWindow(InputStream body) {
    super(body);
  }

  /** Keeps what comes from this offset on, until it is taken. */
  void keepFrom(long offset) {
    kept = offset;
  }

  /** The bytes from what is kept to this offset; they stay until more is read. */
  ByteBuffer take(long end) {
    int from = Math.toIntExact(kept - start);
    kept = NO_ELEMENT;
    return ByteBuffer.wrap(bytes, from, Math.toIntExact(end - start) - from);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** A parser asks for more when it has been through all that it got. */
  @Override
  public int read(byte[] into, int offset, int most) throws IOException {
    int got = super.read(into, offset, most);
    if (got > 0) {
      forget();
      if (length + got > MAX_BYTES) {
        throw new TooLarge();
      }
      if (length + got > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + got));
      }
      System.arraycopy(into, offset, bytes, length, got);
      length += got;
    }
    return got;
  }

  private void forget() {
    int passed = (int) Math.min(length, kept - start);
    System.arraycopy(bytes, passed, bytes, 0, length - passed);
    length -= passed;
    start += passed;
  }
}
