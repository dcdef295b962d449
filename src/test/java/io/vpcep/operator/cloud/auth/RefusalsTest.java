package io.vpcep.operator.cloud.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final SyncFailure NO =
      new SyncFailure(FailureReason.AUTHENTICATION_FAILED, "the cloud answered 401");

  private long nanos = Long.MAX_VALUE - 7;
  private final Refusals refusals = new Refusals(2, () -> nanos);

  private SyncFailure entering(String key) {
    return catchThrowableOfType(SyncFailure.class, () -> refusals.enter(key));
  }

  private void refuse(String key, int times) {
    for (int i = 0; i < times; i++) {
      refusals.refused(key, NO);
    }
  }

  @Test
  void toleratesSomeRefusals() {
    refuse("a", 2);

    assertThat(entering("a")).isNull();
  }

  @Test
  void pausesNoLongerForTriesThatBeganBefore() {
    // Given
    refuse("a", 20);

    // When
    nanos += Duration.ofMinutes(1).toNanos();

    // Then
    assertThat(entering("a")).isNull();
  }

  @Test
  void letsOneThroughAfterThePause() {
    // Given
    refuse("a", 3);
    nanos += Duration.ofMinutes(1).toNanos();

    // When
    SyncFailure first = entering("a");

    // Then
    assertThat(first).isNull();
    assertThat(entering("a")).isSameAs(NO);
  }

  @Test
  void keepsKeysApart() {
    refuse("a", 3);

    assertThat(entering("b")).isNull();
    assertThat(entering("a")).isSameAs(NO);
  }

  @Test
  void forgetsTheOldestOfVeryMany() {
    // Given
    refuse("a", 3);

    // When
    for (int i = 0; i < 1024; i++) {
      refuse("other " + i, 3);
    }

    // Then
    assertThat(entering("a")).isNull();
    assertThat(entering("other 0")).isSameAs(NO);
  }
}
