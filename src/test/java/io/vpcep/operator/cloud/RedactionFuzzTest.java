package io.vpcep.operator.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.condition.OS.LINUX;
import static org.junit.jupiter.api.condition.OS.MAC;
import static org.junit.jupiter.api.condition.OS.WINDOWS;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.condition.EnabledOnOs;

/** Whatever stands around a secret, and however it is written, it is not shown. */
@EnabledOnOs(
    value = {LINUX, MAC, WINDOWS},
    architectures = {"amd64", "x86_64", "aarch64"},
    disabledReason = "the fuzzer has no native part for this platform")
class RedactionFuzzTest {
  /** Without the letters of what stands in its place. */
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/=.~!&%\\";

  @FuzzTest(maxDuration = "10s")
  void showsNoSecret(FuzzedDataProvider data) {
    String secret = secret(data);
    String echo = written(secret, data.consumeInt(0, 4));
    // Apart from what is around it: half an escape before it would take a part of it for its own.
    String text = data.consumeString(300) + " " + echo + " " + data.consumeRemainingAsString();
    int max = 1 + Math.floorMod(text.length(), Redaction.MAX_MESSAGE);

    String clean = new Redaction(List.of(secret)).clean(text, max);

    check(clean != null, "hides everything");
    check(clean.length() <= max + 1, "too long");
    check(clean.codePoints().allMatch(RedactionFuzzTest::isPrintable), "not printable");
    check(!clean.contains(secret) && !clean.contains(echo), "shows " + secret + " of " + text);
  }

  private static String secret(FuzzedDataProvider data) {
    int length = data.consumeInt(8, 40);
    StringBuilder secret = new StringBuilder("KEY");
    while (secret.length() < length) {
      secret.append(ALPHABET.charAt(data.consumeInt(0, ALPHABET.length() - 1)));
    }
    return secret.toString();
  }

  private static String written(String secret, int form) {
    return switch (form) {
      case 0 -> secret;
      case 1 -> each(secret, "%%%02x");
      case 2 -> each(secret, "\\u%04X");
      case 3 -> Base64.getEncoder().encodeToString(("user:" + secret).getBytes(UTF_8));
      default -> secret.substring(0, 4) + "\n " + secret.substring(4);
    };
  }

  private static String each(String secret, String format) {
    return secret.chars().mapToObj(format::formatted).collect(Collectors.joining());
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
