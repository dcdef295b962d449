package io.vpcep.operator.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private final Redaction redaction = new Redaction(List.of("tok-in-use"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Security-Token: S3CR3T",
        "x-security-token:S3CR3T\nhost:x",
        "{\"x-auth-token\":\"S3CR3T\"}",
        "{\\\"X-Auth-Token\\\": \\\"S3CR3T\\\"}",
        "Authorization: Bearer S3CR3T",
        "Authorization: S3CR3T",
        "Authorization: SDK-HMAC-SHA256 Access=S3CR3T, SignedHeaders=host, Signature=S3CR3T",
        "Signature=S3CR3T",
        "Access=S3CR3T",
        "access_key=S3CR3T&x=1",
        "token S3CR3TS3CR3TS3CR3TS3CR3TS3CR3TS3CR3TS3CR3TS3CR3TS3CR3T",
      })
  void hidesWhatAnEchoedRequestCarries(String text) {
    assertThat(redaction.clean("verify failed: " + text))
        .startsWith("verify failed: ")
        .contains("[redacted]")
        .doesNotContain("S3CR3T");
  }

  @Test
  void hidesTheValuesInUse() {
    assertThat(redaction.clean("what is tok-in-use here")).isEqualTo("what is [redacted] here");
  }

  @Test
  void blanksTheControlCharactersOfEightBitTerminals() {
    assertThat(redaction.clean("a\u009b31mb\u0085c")).isEqualTo("a 31mb c");
  }

  @Test
  void blanksHalvesOfCharacters() {
    assertThat(redaction.clean("a\ud83db\ude00c \ud83d\ude00")).isEqualTo("a b c \ud83d\ude00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "S3cr/t&K=y+\u00e4 42\"x",
        "S3cr%2Ft%26K%3Dy%2B%C3%A4%2042%22x",
        "s3: S3cr%2ft%26K%3dy%2b%c3%a4+42%22x",
        "S3cr%252Ft%2526K%253Dy%252B%25C3%25A4%252042%2522x",
        "S3cr/t&K=y+\u00e4 42\\\"x",
        "S3cr\\/t\\u0026K\\u003dy\\u002b\\u00e4 42\\u0022x",
        "S3cr\\\\/t\\\\u0026K\\\\u003Dy+\\\\u00E4 42\\\\\\\"x",
        "S3cr/t&K=\r\n y+\u00e4 42\"x",
        "S3cr/t&K=\\n  y+\u00e4 42\\\"x",
        "S3cr/t&\" + \"K=y+\u00e4 42\\\"x",
      })
  void hidesASecretThatWasEncodedOrSplit(String echo) {
    // Given
    Redaction inUse = new Redaction(List.of("S3cr/t&K=y+\u00e4 42\"x"));

    // When
    String clean = inUse.clean("bad key " + echo + " here");

    // Then
    assertThat(clean).matches("bad key (s3: )?\\[redacted] here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u", "us", "user:", "a longer name:"})
  void hidesASecretInBase64WhateverStandsBeforeIt(String before) {
    // Given
    Redaction inUse = new Redaction(List.of("pass?word>with~all"));
    byte[] bytes = (before + "pass?word>with~all").getBytes(UTF_8);

    // Then
    for (Base64.Encoder encoder :
        List.of(
            Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getEncoder().withoutPadding())) {
      String encoded = encoder.encodeToString(bytes);
      String start = encoded.substring(0, encoded.length() / 2);
      String end = encoded.substring(encoded.length() / 2);
      assertThat(inUse.clean("got " + encoded)).contains("[redacted]").hasSizeLessThan(40);
      assertThat(inUse.clean("got " + start + "\n" + end))
          .doesNotContain(start)
          .doesNotContain(end);
    }
  }

  @Test
  void hidesWhatIsLeftOfASecretThatWasCut() {
    // Given
    Redaction inUse = new Redaction(List.of("abcdefghijklmnopqrstuvwxyz"));

    // Then
    assertThat(inUse.clean("token abcdefghijkl... and mnopqrstuvwxyz"))
        .isEqualTo("token [redacted]... and [redacted]");
  }

  @Test
  void looksForShortSecretsAsTheyAreAlone() {
    // Given
    Redaction inUse = new Redaction(List.of("sesame", ""));

    // Then
    assertThat(inUse.clean("sesame, ses ame and ses%61me"))
        .isEqualTo("[redacted], ses ame and ses%61me");
  }

  @Test
  void looksForASecretOfSeparatorsToo() {
    // Given
    Redaction inUse = new Redaction(List.of("a+b c\\d\"e"));

    // Then
    assertThat(inUse.clean("got a%2Bb%20c%5Cd%22e")).isEqualTo("got [redacted]");
    assertThat(inUse.clean("abcde")).isEqualTo("abcde");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "100 %",
        "%",
        "%4",
        "%zz",
        "\\",
        "\\u12",
        "\\x",
        "%ff%fe",
        "%e4%b8",
        "%\u0661\u0661"
      })
  void leavesWhatIsNoEncodingAsItIs(String text) {
    assertThat(redaction.clean("a " + text + " z")).isEqualTo("a " + text + " z");
  }

  @Test
  void hidesASecretThatHoldsAnother() {
    // Given
    Redaction both = new Redaction(List.of("AK01", "tokAK01en"));

    // Then
    assertThat(both.clean("AK01 sent tokAK01en")).isEqualTo("[redacted] sent [redacted]");
  }

  @Test
  void keepsAnOrdinaryMessage() {
    String message = "Invalid sort_key: create_at, id 4189d3c2-8882-4871-a3c2-d380272eed83.";
    assertThat(redaction.clean(message)).isEqualTo(message);
  }

  @Test
  void leavesOneCleanLine() {
    assertThat(redaction.clean("a\r\n\u001b[31mb\u0000c\u202ed\u2028e")).isEqualTo("a [31mb c d e");
  }

  @Test
  void cutsWithoutBreakingACharacter() {
    assertThat(redaction.clean("a b".repeat(66) + "x\ud83d\ude00 and more"))
        .isEqualTo("a b".repeat(66) + "x…");
  }

  @Test
  void sayNothingForNothing() {
    assertThat(redaction.clean(null)).isNull();
    assertThat(redaction.clean(" \n ")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "-",
        "token",
        "access:",
        " ",
        "\"",
        "authorization: ",
        "%25",
        "\\\\",
        "tok-in-us"
      })
  void isQuickOnTheLargestBody(String piece) {
    String large = piece.repeat(65_536 / piece.length());
    assertTimeout(Duration.ofSeconds(5), () -> redaction.clean(large));
  }
}
