package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLimitTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The throttling threshold has been reached: policy user over ratelimit,limit:200,time:5 minute | 200 | PT5M",
        "limit:60,time:1 minute, and more | 60 | PT1M",
        "LIMIT: 20, TIME: 1 Second. | 20 | PT1S",
        "limit=20;time=10seconds | 20 | PT10S",
        "\"limit\":\"100\",\"time\":\"1 hour\" | 100 | PT1H",
        "limit:7,time:minute | 7 | PT1M",
        "limit:7,time:30s | 7 | PT30S",
      })
  void readsLimitAndWindow(String message, int requests, Duration window) {
    RequestLimit limit = RequestLimit.in(message).orElseThrow();

    assertThat(limit.window()).isEqualTo(window);
    assertThat(limit.perSecond()).isEqualTo((double) requests / window.toSeconds());
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "The throttling threshold has been reached.",
        "limit:200",
        "time:5 minute",
        "limit:0,time:1 minute",
        "limit:5,time:0 minute",
        "limit:5,time:1 fortnight",
        "limit:99999999999999999999,time:1 minute",
        "limit:many,time:1 minute",
      })
  void readsNothingFromAnythingElse(String message) {
    assertThat(RequestLimit.in(message)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"limit:3600,time:24 hour | 0.0416", "limit:1,time:999999 hour | 0.0000000002"})
  void boundsTheWindowAndNotTheRate(String message, double perSecond) {
    RequestLimit limit = RequestLimit.in(message).orElseThrow();

    assertThat(limit.window()).isEqualTo(Duration.ofHours(1));
    assertThat(limit.perSecond()).isGreaterThan(perSecond).isLessThan(perSecond * 1.5);
  }

  @Property
  void staysCalmWhateverTheCloudSays(@ForAll String before, @ForAll String between) {
    assertThat(RequestLimit.in(before + "limit:9" + between + "time:9" + before).stream())
        .allSatisfy(limit -> assertThat(limit.perSecond()).isPositive());
  }
}
