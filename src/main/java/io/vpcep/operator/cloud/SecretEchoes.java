package io.vpcep.operator.cloud;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds secrets in a text in whatever form they come back: split, cut off, percent-encoded, escaped
 * as in JSON, in base64 by themselves or within something longer. A secret of fewer than {@link
 * #SHORTEST} characters is not looked for: too much else looks like it.
 */
final class SecretEchoes {
  static final int SHORTEST = 8;

  /**
   * So many characters in a row of a secret are taken for a piece of it. A secret that mostly
   * consists of what separates has fewer; they count where they take as much room when encoded.
   */
  private static final int PIECE = 8;

  private final Map<Integer, Set<String>> piecesByLength = new HashMap<>();

  SecretEchoes(Collection<String> secrets) {
    for (String secret : secrets) {
      if (secret.length() >= SHORTEST) {
        addPieces(secret);
        addBase64(secret.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** The text with {@code replacement} for each stretch that shows a part of a secret. */
  String replaceIn(String text, String replacement) {
    if (piecesByLength.isEmpty()) {
      return text;
    }
    boolean[] shows = new boolean[text.length()];
    for (DecodedText decoded : DecodedText.of(text)) {
      piecesByLength.forEach((length, pieces) -> mark(decoded, length, pieces, shows));
    }
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < shows.length; i++) {
      if (!shows[i]) {
        result.append(text.charAt(i));
      } else if (i == 0 || !shows[i - 1]) {
        result.append(replacement);
      }
    }
    return result.toString();
  }

  private static void mark(DecodedText text, int length, Set<String> pieces, boolean[] shows) {
    for (int i = 0; i + length <= text.length(); i++) {
      int start = text.from(i);
      int end = text.to(i + length - 1);
      if (end - start >= PIECE && pieces.contains(text.substring(i, i + length))) {
        Arrays.fill(shows, start, end, true);
      }
    }
  }

  private void addPieces(String form) {
    for (DecodedText text : DecodedText.of(form)) {
      int length = Math.min(PIECE, text.length());
      Set<String> pieces = piecesByLength.computeIfAbsent(length, any -> new HashSet<>());
      for (int i = 0; length > 0 && i + length <= text.length(); i++) {
        pieces.add(text.substring(i, i + length));
      }
    }
  }

  /** As it looks after 0, 1 or 2 other bytes, without the digits that these have a part in. */
  private void addBase64(byte[] secret) {
    for (int before = 0; before < 3; before++) {
      byte[] bytes = new byte[before + secret.length];
      System.arraycopy(secret, 0, bytes, before, secret.length);
      int first = (before * 8 + 5) / 6;
      int end = bytes.length * 8 / 6;
      addPieces(Base64.getEncoder().encodeToString(bytes).substring(first, end));
      addPieces(Base64.getUrlEncoder().encodeToString(bytes).substring(first, end));
    }
  }
}
