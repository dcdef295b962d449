package io.vpcep.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownTroubleTest {
  private final KnownTrouble trouble = new KnownTrouble(2);

  @Test
  void isNewsOnceForEach() {
    assertThat(trouble.met("a", 500)).isTrue();
    assertThat(trouble.met("a", 500)).isFalse();
    assertThat(trouble.met("b", 500)).isTrue();
  }

  @Test
  void isNewsAgainWhenItIsAnother() {
    trouble.met("a", 500);

    assertThat(trouble.met("a", 403)).isTrue();
  }

  @Test
  void isNewsAgainOnceItWasOver() {
    trouble.met("a", 500);

    assertThat(trouble.over("a")).isTrue();
    assertThat(trouble.over("a")).isFalse();
    assertThat(trouble.met("a", 500)).isTrue();
  }

  @Test
  void forgetsTheOneThatWasMetLeastRecently() {
    trouble.met("a", 500);
    trouble.met("b", 500);
    trouble.met("a", 500);

    trouble.met("c", 500);

    assertThat(trouble.met("a", 500)).isFalse();
    assertThat(trouble.met("b", 500)).isTrue();
  }
}
