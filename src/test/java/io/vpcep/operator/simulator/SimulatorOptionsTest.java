package io.vpcep.operator.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorOptionsTest {
  private static final SimulatorOptions DEFAULTS = SimulatorOptions.defaults();

  @Test
  void listensOnLoopbackForAnybodyUnlessToldOtherwise() {
    assertThat(DEFAULTS.address()).isEqualTo(new ListenAddress("127.0.0.1", 0));
    assertThat(DEFAULTS.access()).isEqualTo(new Access.Open());
    assertThat(DEFAULTS.conduct()).isEqualTo(Conduct.PERFECT);
  }

  @Test
  void changesOneOptionAtATime() {
    PlannedFault torn = PlannedFault.parse("torn");

    SimulatorOptions options =
        DEFAULTS
            .withPort(8090)
            .withSize(2, 3)
            .withSeed(7)
            .withToken("t")
            .withLatency(Duration.ofMillis(50))
            .withChurn(Churn.parse("5/min"))
            .withThrottle(Throttle.parse("20/s"))
            .withFaults(List.of(torn))
            .withHost("0.0.0.0");

    assertThat(options)
        .isEqualTo(
            new SimulatorOptions(
                new ListenAddress("0.0.0.0", 8090),
                new Population(2, 3, 7),
                new Access.Token("t"),
                new Conduct(
                    Duration.ofMillis(50),
                    Optional.of(new Churn(5, Duration.ofMinutes(1))),
                    Optional.of(new Throttle(20, Duration.ofSeconds(1))),
                    List.of(torn))));
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
  void refusesToListenOnNothing() {
    assertThatThrownBy(() -> DEFAULTS.withHost(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("host must not be blank");
  }

  @Test
  void refusesMoreServicesThanFitIntoMemory() {
    assertThatThrownBy(() -> DEFAULTS.withSize(Integer.MAX_VALUE, Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--projects times --services")
        .hasMessageContaining("lower");
  }

  @Test
  void namesEveryWrongNumberAtOnceOneALine() {
    assertThatThrownBy(() -> DEFAULTS.withSize(0, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(
            e ->
                assertThat(e.getMessage().lines())
                    .satisfiesExactly(
                        line -> assertThat(line).contains("--projects"),
                        line -> assertThat(line).contains("--services")));
  }

  @Test
  void namesEveryWrongKeyAtOnceOneALine() {
    assertThatThrownBy(() -> new Access.KeyPair("a,b", "two words", Optional.of("")))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(
            e ->
                assertThat(e.getMessage().lines())
                    .satisfiesExactly(
                        line -> assertThat(line).contains("--access-key"),
                        line -> assertThat(line).contains("--secret-key"),
                        line -> assertThat(line).contains("--security-token")));
  }

  @Test
  void namesEveryWrongPartOfAnAccountAtOnceOneALine() {
    assertThatThrownBy(() -> new Access.Login("", " ", "", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(
            e ->
                assertThat(e.getMessage().lines())
                    .satisfiesExactly(
                        line -> assertThat(line).contains("--username"),
                        line -> assertThat(line).contains("--password"),
                        line -> assertThat(line).contains("--domain"),
                        line -> assertThat(line).contains("--token-lifetime")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two words", "line\nfeed", "ünsendable"})
  void refusesTokensThatNoHeaderHolds(String token) {
    assertThatThrownBy(() -> DEFAULTS.withToken(token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--token");
  }

  @Test
  void refusesNegativeLatency() {
    assertThatThrownBy(() -> DEFAULTS.withLatency(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--latency");
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void readsEveryFaultByName(Fault fault) {
    assertThat(PlannedFault.parse(fault.optionName()))
        .isEqualTo(new PlannedFault(fault, Optional.empty()));
  }

  @Test
  void readsTheProjectOfAFault() {
    assertThat(PlannedFault.parse("cut-body:abc"))
        .isEqualTo(new PlannedFault(Fault.CUT_BODY, Optional.of("abc")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TORN", "broken", ":abc"})
  void refusesUnknownFaultsAndNamesTheOthers(String text) {
    assertThatThrownBy(() -> PlannedFault.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--fault")
        .hasMessageContaining("server-error")
        .hasMessageContaining("hang");
  }

  @Test
  void refusesFaultsOfProjectsThatDoNotExist() {
    List<PlannedFault> faults = List.of(PlannedFault.parse("torn:abc"));

    assertThatThrownBy(() -> DEFAULTS.withFaults(faults))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--fault")
        .hasMessageContaining("\"abc\"")
        .hasMessageContaining("684df992352cccfc0946b8f0552cf1e5");
  }

  @Test
  void keepsSecretsOutOfTheirText() {
    SimulatorOptions token = DEFAULTS.withToken("s3cr3t").withSeed(42);
    SimulatorOptions keys =
        DEFAULTS.withAccess(new Access.KeyPair("s3cr3t", "s3cr3t", Optional.of("s3cr3t")));
    SimulatorOptions login =
        DEFAULTS.withAccess(new Access.Login("u", "s3cr3t", "d", Duration.ofHours(1)));

    assertThat(token.toString()).doesNotContain("s3cr3t").contains("***", "seed=42");
    assertThat(keys.toString() + login).doesNotContain("s3cr3t");
  }
}
