package io.vpcep.operator.cloud;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes a text of the cloud's fit for a status, an event and a log. The message of a signature
 * failure echoes the signed request, a security token included; what a cloud echoes it may have
 * encoded, wrapped or cut.
 */
final class Redaction {
  /** Characters of a message that are shown. */
  static final int MAX_MESSAGE = 200;

  private static final String GONE = "[redacted]";

  /** Names of headers and parameters that carry secrets, with what follows them. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:authorization|[a-z-]{0,20}token|signature|access|password|secret|(?:access|secret)[_-]?key)"
              + "[\"'\\\\]{0,4}\\s{0,4}[:=]\\s{0,4}[\"'\\\\]{0,4})"
              + "(?:(?:sdk-hmac-sha256|bearer|basic)\\s{1,4})?[^\\s,;&\"'|]+");

  /** Longer than any id: a key, a token, a digest. */
  private static final Pattern OPAQUE = Pattern.compile("[A-Za-z0-9+/=_.~-]{48,}");

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\s]+");

  private final List<String> secrets;

  /** Made when there is something to clean, which is seldom. */
  private SecretEchoes echoes;

  /**
   * @param secrets the very values in use
   */
  Redaction(Collection<String> secrets) {
    // Longest first: one secret may be a part of another, whose rest would be left.
    this.secrets =
        secrets.stream()
            .filter(secret -> !secret.isEmpty())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** On one line, without secrets, cut to {@link #MAX_MESSAGE}; null for nothing. */
  String clean(String text) {
    return clean(text, MAX_MESSAGE);
  }

  /** As {@link #clean(String)}, cut to {@code max} characters. */
  String clean(String text, int max) {
    if (text == null) {
      return null;
    }
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, GONE);
    }
    clean = echoes().replaceIn(clean, GONE);
    clean = UNPRINTABLE.matcher(clean).replaceAll(" ").strip();
    clean = NAMED.matcher(clean).replaceAll("$1" + GONE.replace("[", "\\["));
    clean = OPAQUE.matcher(clean).replaceAll(GONE);
    return clean.isEmpty() ? null : cut(clean, max);
  }

  private synchronized SecretEchoes echoes() {
    if (echoes == null) {
      echoes = new SecretEchoes(secrets);
    }
    return echoes;
  }

  private static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return text.substring(0, end) + "…";
  }
}
