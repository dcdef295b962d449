package io.vpcep.operator.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorOptionsTest {
  private static final SimulatorOptions DEFAULTS = SimulatorOptions.defaults();

  @Test
  void listensOnLoopbackUnlessToldOtherwise() {
    SimulatorOptions options =
        new SimulatorOptions(0, 1, 20, 1, Optional.empty(), Duration.ZERO, Optional.empty());

    assertThat(options).isEqualTo(DEFAULTS);
    assertThat(options.host()).isEqualTo("127.0.0.1");
  }

  @Test
  void changesOneOptionAtATime() {
    SimulatorOptions options =
        DEFAULTS
            .withPort(8090)
            .withSize(2, 3)
            .withSeed(7)
            .withToken("t")
            .withLatency(Duration.ofMillis(50))
            .withChurn(Churn.parse("5/min"))
            .withHost("0.0.0.0");

    assertThat(options)
        .isEqualTo(
            new SimulatorOptions(
                8090,
                2,
                3,
                7,
                Optional.of("t"),
                Duration.ofMillis(50),
                Optional.of(new Churn(5, Duration.ofMinutes(1))),
                "0.0.0.0"));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65536})
  void refusesPortsThatDoNotExist(int port) {
    assertThatThrownBy(() -> DEFAULTS.withPort(port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--port")
        .hasMessageContaining("any free port");
  }

  @Test
  void refusesMoreServicesThanFitIntoMemory() {
    assertThatThrownBy(() -> DEFAULTS.withSize(Integer.MAX_VALUE, Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--projects times --services")
        .hasMessageContaining("lower");
  }

  @Test
  void namesEveryWrongOptionAtOnceOneALine() {
    assertThatThrownBy(
            () ->
                new SimulatorOptions(
                    -1, 0, -1, 1, Optional.of(" "), Duration.ofMillis(-1), Optional.empty(), ""))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(
            e ->
                assertThat(e.getMessage().lines())
                    .satisfiesExactly(
                        line -> assertThat(line).contains("--port"),
                        line -> assertThat(line).contains("--projects"),
                        line -> assertThat(line).contains("--services"),
                        line -> assertThat(line).contains("--token"),
                        line -> assertThat(line).contains("--latency"),
                        line -> assertThat(line).contains("--host")));
  }

  @Test
  void keepsTheTokenOutOfItsText() {
    String text = DEFAULTS.withToken("s3cr3t").withSeed(42).toString();

    assertThat(text).doesNotContain("s3cr3t").contains("token=***", "seed=42");
  }
}
