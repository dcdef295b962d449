package io.vpcep.operator.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "20/s;limit:20,time:1 second",
        "200/min;limit:200,time:1 minute",
        "1000/h;limit:1000,time:1 hour"
      })
  void readsLimitsAndSaysThemAsAGatewayDoes(String text, String said) {
    assertThat(Throttle.parse(text).text()).isEqualTo(said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "20", "20/day", "-1/s", "1.5/s"})
  void refusesWhatIsNoLimit(String text) {
    assertThatThrownBy(() -> Throttle.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--throttle")
        .hasMessageContaining("20/s")
        .hasMessageContaining("\"" + text + "\"");
  }

  @Test
  void refusesToLetNothingPass() {
    assertThatThrownBy(() -> Throttle.parse("0/s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--fault throttled");
  }

  @Test
  void refusesPartsOfASecond() {
    assertThatThrownBy(() -> new Throttle(1, Duration.ofMillis(1500)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("whole seconds");
  }
}
