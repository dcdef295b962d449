package io.vpcep.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "team",
        "!team",
        "team=blue",
        "team==blue",
        "team = blue",
        "team!=blue",
        "team=",
        "example.com/team=blue",
        "team in (blue)",
        "team notin ( blue , red )",
        "team in(blue)",
        "a=b, c!=d ,e in (f,g),!h"
      })
  void acceptsWhatKubernetesCallsASelector(String selector) {
    assertThat(Syntax.isSelector(selector)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",",
        "a=b,",
        ",a=b",
        "a=b,,c=d",
        "team blue",
        "team=blue=red",
        "team===blue",
        "=blue",
        "team in",
        "team in ()",
        "team in (blue",
        "team in (blue,)",
        "team in (blue))",
        "teamin (blue)",
        "team of (blue)",
        "-team=blue",
        "team=blue-",
        "Example.com/team=blue",
        "a/b/c=d",
        "team=blau grün"
      })
  void refusesWhatIsNoSelector(String selector) {
    assertThat(Syntax.isSelector(selector)).isFalse();
  }

  @Test
  void bindsLabelsTo63Characters() {
    assertThat(Syntax.isLabel("a".repeat(63))).isTrue();
    assertThat(Syntax.isLabel("a".repeat(64))).isFalse();
    assertThat(Syntax.isSelector("a=" + "b".repeat(63))).isTrue();
    assertThat(Syntax.isSelector("a=" + "b".repeat(64))).isFalse();
  }

  @Test
  void bindsSubdomainsTo253Characters() {
    String longest = "a".repeat(62) + ("." + "a".repeat(62)).repeat(3) + ".";

    assertThat(Syntax.isSubdomain(longest)).isFalse();
    assertThat(Syntax.isSubdomain(longest + "a")).isTrue();
    assertThat(Syntax.isSubdomain(longest + "aa")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "vpcep.*.example.com", "localhost", "10.0.0.1", "xn--bcher-kva.de"})
  void acceptsHostPatterns(String pattern) {
    assertThat(Syntax.isHostPattern(pattern)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://vpcep.example.com",
        "vpcep.example.com:443",
        "vpcep.example.com/v1",
        "vpcep*.example.com",
        "**",
        ".example.com",
        "example.com.",
        "-a.com",
        "a_b.com",
        "user@example.com",
        "bücher.de"
      })
  void refusesWhatIsNoHostPattern(String pattern) {
    assertThat(Syntax.isHostPattern(pattern)).isFalse();
  }
}
