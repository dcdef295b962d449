package io.vpcep.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RescuesTest {
  private final Rescues rescues = new Rescues();

  private void fill(String namespace) {
    IntStream.range(0, Rescues.MOST_OF_A_NAMESPACE).forEach(i -> rescues.begin(namespace));
  }

  @Test
  void leavePlacesToOtherNamespaces() {
    fill("faulty");

    boolean more = rescues.begin("faulty");

    assertThat(more).isFalse();
    assertThat(rescues.begin("well")).isTrue();
  }

  @Test
  void areBoundedOverAllNamespaces() {
    int full = Rescues.MOST / Rescues.MOST_OF_A_NAMESPACE;
    IntStream.range(0, full).forEach(i -> fill("faulty-" + i));

    boolean more = rescues.begin("well");

    assertThat(more).isFalse();
  }

  @Test
  void goOnWhenAPlaceIsGivenBack() {
    fill("faulty");
    rescues.end("faulty");

    boolean again = rescues.begin("faulty");

    assertThat(again).isTrue();
    assertThat(rescues.begin("faulty")).isFalse();
  }
}
