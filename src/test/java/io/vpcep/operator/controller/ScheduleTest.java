package io.vpcep.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.sync.FailureReason;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ScheduleTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static long seconds(FailureReason reason, int failures, Duration interval) {
    return Schedule.afterFailure(reason, failures, interval, null, 0).toSeconds();
  }

  private static long[] delays(FailureReason reason, Duration interval) {
    return IntStream.rangeClosed(1, 8).mapToLong(i -> seconds(reason, i, interval)).toArray();
  }

  @Test
  void addsATenthOfTheIntervalAtMost() {
    assertThat(Schedule.regular(MINUTE, 0)).isEqualTo(MINUTE);
    assertThat(Schedule.regular(MINUTE, 0.5)).isEqualTo(Duration.ofSeconds(63));
    assertThat(Schedule.regular(MINUTE, 0.999999)).isLessThan(Duration.ofSeconds(66));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "THROTTLED",
        "ENDPOINT_UNREACHABLE",
        "SERVER_ERROR",
        "INVALID_RESPONSE",
        "INCOMPLETE_LISTING",
        "WRITE_FAILED",
        "SECRET_NOT_FOUND"
      })
  void growsToFourTimesTheIntervalAfterTransientTrouble(FailureReason reason) {
    assertThat(delays(reason, MINUTE)).containsExactly(60, 120, 240, 240, 240, 240, 240, 240);
  }

  @ParameterizedTest
  @CsvSource({"5, 5, 20", "100, 100, 300", "300, 300, 300", "3600, 3600, 3600"})
  void growsToFiveMinutesAtMostAndIsNeverShorterThanTheInterval(int interval, int first, int most) {
    long[] delays = delays(FailureReason.SERVER_ERROR, Duration.ofSeconds(interval));

    assertThat(delays).startsWith(first).endsWith(most).isSorted();
  }

  @ParameterizedTest
  @CsvSource({"3600, 1, 2", "3600, 2, 4", "3600, 3, 8", "5, 3, 5"})
  void comesBackWithinSecondsAfterOthersWereFaster(int interval, int times, int delay) {
    assertThat(Schedule.afterOutrun(times, Duration.ofSeconds(interval), 0))
        .isEqualTo(Duration.ofSeconds(delay));
  }

  @Test
  void growsFromOneMinuteToFifteenAfterFailedAuthentication() {
    assertThat(delays(FailureReason.AUTHENTICATION_FAILED, Duration.ofSeconds(5)))
        .containsExactly(60, 120, 240, 480, 900, 900, 900, 900);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "INVALID_SPEC",
        "SECRET_INVALID",
        "ACCESS_DENIED",
        "REJECTED",
        "ENDPOINT_NOT_ALLOWED"
      })
  void looksAgainEveryQuarterOfAnHourWhereAPersonIsNeeded(FailureReason reason) {
    assertThat(delays(reason, MINUTE)).containsOnly(900);
  }

  @ParameterizedTest
  @EnumSource(names = {"PRUNE_BLOCKED", "CONFLICT"})
  void keepsThePaceWhereTheListingIsFine(FailureReason reason) {
    assertThat(delays(reason, MINUTE)).containsOnly(60);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"PRUNE_BLOCKED", "CONFLICT"})
  void waitsAsLongAsItIsAskedTo(FailureReason reason) {
    Duration asked = Duration.ofHours(2);

    Duration delay = Schedule.afterFailure(reason, 1, MINUTE, asked, 0);

    assertThat(delay).isEqualTo(asked);
  }

  @Test
  void waitsLongerThanItIsAskedToWhereItWouldAnyway() {
    Duration asked = Duration.ofSeconds(1);

    Duration delay = Schedule.afterFailure(FailureReason.THROTTLED, 3, MINUTE, asked, 0.5);

    assertThat(delay).isEqualTo(Duration.ofSeconds(252));
  }

  @ParameterizedTest
  @EnumSource
  void staysWithinBoundsAfterAnyNumberOfFailures(FailureReason reason) {
    Duration longest = Duration.ofDays(3650);

    assertThat(Schedule.afterFailure(reason, Integer.MAX_VALUE, longest, null, 0.99))
        .isPositive()
        .isLessThanOrEqualTo(longest.plusDays(365));
  }
}
