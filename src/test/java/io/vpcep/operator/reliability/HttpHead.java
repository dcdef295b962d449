package io.vpcep.operator.reliability;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * First line and headers of an HTTP/1.1 message.
 *
 * @param firstLine request line or status line
 * @param headers lines such as {@code Host: example.com}
 */
record HttpHead(String firstLine, List<String> headers) {
  private static final int MOST_BYTES = 65_536;

  /** Reads a head; empty when the other side closed the connection instead. */
  static Optional<HttpHead> read(InputStream in) throws IOException {
    String first = line(in);
    if (first == null) {
      return Optional.empty();
    }
    List<String> headers = new ArrayList<>();
    for (String line = line(in); !"".equals(line); line = line(in)) {
      if (line == null) {
        throw new EOFException("a head was cut off");
      }
      headers.add(line);
    }
    return Optional.of(new HttpHead(first, headers));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 && line.size() == 0) {
        return null;
      }
      if (next < 0 || line.size() > MOST_BYTES) {
        throw new EOFException("a line was cut off");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  /** A part of the first line: method and target, or the status after the version. */
  String part(int index) {
    return firstLine.split(" ", 3)[index];
  }

  /** The status of an answer. */
  int status() {
    return Integer.parseInt(part(1));
  }

  Optional<String> header(String name) {
    String prefix = name + ":";
    return headers.stream()
        .filter(line -> line.regionMatches(true, 0, prefix, 0, prefix.length()))
        .map(line -> line.substring(prefix.length()).strip())
        .findFirst();
  }

  HttpHead with(List<String> more) {
    List<String> all = new ArrayList<>(headers);
    all.addAll(more);
    return new HttpHead(firstLine, all);
  }

  byte[] bytes() {
    String text = firstLine + "\r\n" + String.join("\r\n", headers);
    return (text + (headers.isEmpty() ? "\r\n" : "\r\n\r\n")).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Copies the body that belongs to this head, as it is on the wire, and as it comes in. */
  void copyBody(InputStream in, java.io.OutputStream out) throws IOException {
    if (header("Transfer-Encoding").isPresent()) {
      copyChunks(in, out);
    } else {
      copy(in, out, header("Content-Length").map(Long::parseLong).orElse(0L));
    }
  }

  private static void copyChunks(InputStream in, java.io.OutputStream out) throws IOException {
    for (long size = -1; size != 0; ) {
      String line = line(in);
      if (line == null) {
        throw new EOFException("a body was cut off");
      }
      size = Long.parseLong(line.split(";")[0].strip(), 16);
      out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      copy(in, out, size + 2);
    }
  }

  private static void copy(InputStream in, java.io.OutputStream out, long length)
      throws IOException {
    byte[] buffer = new byte[8192];
    for (long left = length; left > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw new EOFException("a body was cut off");
      }
      out.write(buffer, 0, count);
      out.flush();
      left -= count;
    }
    out.flush();
  }
}
