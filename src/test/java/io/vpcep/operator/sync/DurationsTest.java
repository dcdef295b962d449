package io.vpcep.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  private static final Duration TEN_YEARS = Duration.ofDays(3650);

  @ParameterizedTest
  @CsvSource({
    "30s, 30000",
    "5m, 300000",
    "1h30m, 5400000",
    "1.5s, 1500",
    "500ms, 500",
    "1m5ms, 60005",
    "0s, 0",
    "0.0001ms, 1",
    "1s1s, 2000",
    "2562047h47m16.854s, 315360000000"
  })
  void readsWhatKubernetesUsersWrite(String text, long millis) {
    assertThat(Durations.parse(text)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "1", "s", "1d", "-1s", "1 s", "1S", ".5s", "1.s", "1us", "1s ", "١s", "1s\n",
        "1e3s", "+1s"
      })
  void refusesWhatIsNoDuration(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {18, 19, 20, 62})
  void capsTheAbsurdlyLargeInsteadOfOverflowing(int digits) {
    assertThat(Durations.parse("9".repeat(digits) + "h")).contains(TEN_YEARS);
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 100_000})
  void refusesTextThatIsLongerThanAnyDuration(int length) {
    assertThat(Durations.parse("9".repeat(length - 1) + "h")).isEmpty();
  }

  @Property
  void readsWhatItShows(@ForAll @LongRange(min = 0, max = 315_360_000_000L) long millis) {
    Duration duration = Duration.ofMillis(millis);

    assertThat(Durations.parse(Durations.show(duration))).contains(duration);
  }

  @Property
  void neverFailsOnAnyText(@ForAll String text) {
    assertThat(Durations.parse(text).orElse(Duration.ZERO)).isBetween(Duration.ZERO, TEN_YEARS);
  }
}
