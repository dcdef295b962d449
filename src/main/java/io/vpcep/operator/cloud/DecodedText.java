package io.vpcep.operator.cloud;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a text says beneath the encodings that it may have passed through: percent-encoding, JSON
 * escapes, both several times over. What only separates (blanks, line breaks, quotes, backslashes,
 * and the plus that stands for a blank) is left out. Each character knows where it came from.
 */
final class DecodedText {
  /** An echo within an echo within an echo. */
  private static final int MAX_ROUNDS = 4;

  private final StringBuilder chars;
  private final int[] from;
  private final int[] to;

  private DecodedText(int capacity) {
    chars = new StringBuilder(capacity);
    from = new int[capacity];
    to = new int[capacity];
  }

  /**
   * The text as it is, decoded once, and so on while there is something to decode. All of them
   * count: what stands beside an encoded character may take a part of it for its own.
   */
  static List<DecodedText> of(String text) {
    DecodedText decoded = new DecodedText(text.length());
    for (int i = 0; i < text.length(); i++) {
      decoded.add(text.charAt(i), i, i + 1);
    }
    List<DecodedText> rounds = new ArrayList<>();
    rounds.add(decoded.withoutSeparators());
    for (int round = 0; round < MAX_ROUNDS; round++) {
      DecodedText next = decoded.decodedOnce();
      if (next.length() == decoded.length()) {
        break;
      }
      decoded = next;
      rounds.add(decoded.withoutSeparators());
    }
    return rounds;
  }

  int length() {
    return chars.length();
  }

  String substring(int start, int end) {
    return chars.substring(start, end);
  }

  /** Where the character at {@code index} begins in the text. */
  int from(int index) {
    return from[index];
  }

  /** Where the character at {@code index} ends in the text, exclusive. */
  int to(int index) {
    return to[index];
  }

  private void add(char c, int start, int end) {
    from[chars.length()] = start;
    to[chars.length()] = end;
    chars.append(c);
  }

  private DecodedText decodedOnce() {
    DecodedText result = new DecodedText(length());
    int at = 0;
    while (at < length()) {
      int end = chars.charAt(at) == '%' ? percent(at, result) : escape(at, result);
      if (end == at) {
        result.add(chars.charAt(at), from[at], to[at]);
        end = at + 1;
      }
      at = end;
    }
    return result;
  }

  /** Adds the one character of UTF-8 that is percent-encoded here; answers where it ends. */
  private int percent(int at, DecodedText result) {
    int first = hex(at + 1, 2);
    if (first < 0) {
      return at;
    }
    int count = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      int position = at + 3 * i;
      int value = position < length() && chars.charAt(position) == '%' ? hex(position + 1, 2) : -1;
      if (value < 0) {
        return at;
      }
      bytes[i] = (byte) value;
    }
    int end = at + 3 * count;
    for (char c : new String(bytes, StandardCharsets.UTF_8).toCharArray()) {
      result.add(c, from[at], to[end - 1]);
    }
    return end;
  }

  /** Adds what is escaped here as in JSON; answers where it ends. */
  private int escape(int at, DecodedText result) {
    if (chars.charAt(at) != '\\' || at + 1 == length()) {
      return at;
    }
    char kind = chars.charAt(at + 1);
    int unicode = kind == 'u' ? hex(at + 2, 4) : -1;
    int end = unicode < 0 ? at + 2 : at + 6;
    switch (kind) {
      case '"', '\\', '/' -> result.add(kind, from[at], to[end - 1]);
      case 'b', 'f', 'n', 'r', 't' -> result.add(' ', from[at], to[end - 1]);
      default -> {
        if (unicode < 0) {
          return at;
        }
        result.add((char) unicode, from[at], to[end - 1]);
      }
    }
    return end;
  }

  /** The number that these digits are, or -1. */
  private int hex(int start, int digits) {
    if (start + digits > length()) {
      return -1;
    }
    int value = 0;
    for (int i = start; i < start + digits; i++) {
      char c = chars.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }

  private DecodedText withoutSeparators() {
    DecodedText result = new DecodedText(length());
    for (int i = 0; i < length(); i++) {
      if (!isSeparator(chars.charAt(i))) {
        result.add(chars.charAt(i), from[i], to[i]);
      }
    }
    return result;
  }

  private static boolean isSeparator(char c) {
    return switch (c) {
      case '\\', '"', '\'', '+' -> true;
      default ->
          Character.isWhitespace(c)
              || Character.isSpaceChar(c)
              || Character.isISOControl(c)
              || Character.getType(c) == Character.FORMAT;
    };
  }
}
