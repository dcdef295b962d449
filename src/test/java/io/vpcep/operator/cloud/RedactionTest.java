package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
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
  @ValueSource(strings = {"a", "-", "token", "access:", " ", "\"", "authorization: "})
  void isQuickOnTheLargestBody(String piece) {
    String large = piece.repeat(65_536 / piece.length());
    assertTimeout(Duration.ofSeconds(5), () -> redaction.clean(large));
  }
}
