package io.vpcep.operator.cloud.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.sync.Credentials;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemporaryTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Credentials TOKEN = new Credentials.Token("t");

  @ParameterizedTest
  @CsvSource({
    "PT24H, PT23H20M, PT24H",
    "PT1H20M, PT40M, PT1H20M",
    "PT1H, PT30M, PT1H",
    "PT0S, PT30S, PT1M",
    "-PT5H, PT30S, PT1M",
  })
  void isDueWellBeforeItEndsAndLivesAMinuteAtLeast(Duration lifetime, Duration due, Duration end) {
    // When
    Temporary temporary = Temporary.until(NOW.plus(lifetime), TOKEN, NOW);

    // Then
    assertThat(temporary.renewAt()).isEqualTo(NOW.plus(due));
    assertThat(temporary.expires()).isEqualTo(NOW.plus(end));
    assertThat(temporary.isUsable(NOW.plus(end).minusNanos(1))).isTrue();
    assertThat(temporary.isUsable(NOW.plus(end))).isFalse();
  }

  @Test
  void showsNoSecret() {
    assertThat(Temporary.until(NOW, new Credentials.Token("hunter2"), NOW).toString())
        .doesNotContain("hunter2");
  }
}
