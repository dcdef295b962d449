package io.vpcep.operator.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTrainingTest {
  private static final Jvm JVM = new Jvm(Path.of("jdk"), "25.0.3");

  @ParameterizedTest
  @ValueSource(
      strings = {"eclipse-temurin:25.0.3_9-jre", "scratch", "registry:5000/team/jre:25.0.3_9"})
  void trainsForABaseOfTheSameVersion(String base) {
    assertThat(ImageTraining.fits(JVM, base)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"eclipse-temurin:25.0.30_1-jre", "eclipse-temurin:25-jre", "jre:26.0.1_8"})
  void doesNotTrainForABaseThatMayBeAnother(String base) {
    assertThat(ImageTraining.fits(JVM, base)).isFalse();
  }

  @Test
  void saysThatThereIsNoJdkWhereOneWasNamed() {
    assertThatThrownBy(() -> Jvm.find25("no/such/jdk"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no/such/jdk");
  }
}
