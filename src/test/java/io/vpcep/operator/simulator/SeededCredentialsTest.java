package io.vpcep.operator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeededCredentialsTest {

  private static List<String> all(long seed) {
    SeededCredentials seeded = new SeededCredentials(seed);
    return List.of(seeded.token(), seeded.accessKey(), seeded.secretKey(), seeded.password());
  }

  @Test
  void areTheSameForTheSameSeed() {
    assertThat(all(7)).isEqualTo(all(7));
  }

  @Test
  void areOthersForAnotherSeed() {
    assertThat(all(7)).doesNotContainAnyElementsOf(all(8));
  }

  @Test
  void lookLikeThoseOfACloud() {
    SeededCredentials seeded = new SeededCredentials(1);

    assertThat(seeded.token()).matches("[A-Za-z0-9]{64}");
    assertThat(seeded.accessKey()).matches("[A-Z0-9]{20}");
    assertThat(seeded.secretKey()).matches("[A-Za-z0-9]{40}");
    assertThat(seeded.password()).matches("[A-Za-z0-9]{16}");
    assertThat(seeded.username()).isNotBlank();
    assertThat(seeded.domainName()).isNotBlank();
  }
}
