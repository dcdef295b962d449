package io.vpcep.operator.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChurnTest {
  @ParameterizedTest
  @CsvSource({"5/min,5,PT1M", "2/s,2,PT1S", "30/h,30,PT1H", "1000/s,1000,PT1S"})
  void readsRates(String text, int events, Duration per) {
    Churn churn = Churn.parse(text);

    assertThat(churn).isEqualTo(new Churn(events, per));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "5/", "/min", "-5/min", "5/day", "5 / min", "1.5/s", "99999999/h"})
  void refusesWhatIsNoRate(String text) {
    assertThatThrownBy(() -> Churn.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--churn")
        .hasMessageContaining("5/min")
        .hasMessageContaining("\"" + text + "\"");
  }

  @Test
  void refusesNoChangeAtAll() {
    assertThatThrownBy(() -> Churn.parse("0/min"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--churn")
        .hasMessageContaining("leave it out");
  }

  @Test
  void refusesPeriodsThatAreNotLongerThanZero() {
    assertThatThrownBy(() -> new Churn(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--churn");
  }

  @Test
  void refusesMoreThanTheTimerKeepsUpWith() {
    assertThatThrownBy(() -> Churn.parse("1001/s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--churn")
        .hasMessageContaining("lower");
  }

  @Test
  void spreadsChangesOverThePeriod() {
    assertThat(Churn.parse("5/min").pause()).isEqualTo(Duration.ofSeconds(12));
  }
}
