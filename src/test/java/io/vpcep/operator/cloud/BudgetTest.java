package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final long SECOND = 1_000_000_000L;

  private final Budget budget = new Budget(0);
  private long now;

  @Test
  void keepsATurnUntilItIsTaken() {
    // Given
    assertThat(budget.untilTurn("a", now)).isZero();

    // When
    now += SECOND;

    // Then
    assertThat(budget.untilTurn("a", now)).isZero();
    assertThat(budget.takeTurn("a")).isTrue();
    assertThat(budget.takeTurn("a")).isFalse();
    assertThat(budget.knows("a")).isFalse();
  }

  @Test
  void servesTheOldestFirst() {
    // Given
    pause(Duration.ofSeconds(10));
    Duration first = budget.untilTurn("first", now);
    Duration second = budget.untilTurn("second", now);
    Duration third = budget.untilTurn("third", now);

    // Then
    assertThat(first).isGreaterThanOrEqualTo(Duration.ofSeconds(10)).isLessThanOrEqualTo(second);
    assertThat(second).isLessThan(third);
  }

  @Test
  void keepsAPlaceBetweenTwoQuestions() {
    // Given
    pause(Duration.ofSeconds(10));
    budget.untilTurn("first", now);
    Duration second = budget.untilTurn("second", now);

    // When
    now += SECOND;
    budget.untilTurn("late", now);

    // Then
    assertThat(budget.untilTurn("second", now)).isEqualTo(second.minusSeconds(1));
  }

  @Test
  void givesUpThePlaceOfARequesterThatIsGone() {
    // Given
    pause(Duration.ofSeconds(10));
    budget.untilTurn("gone", now);
    assertThat(budget.level(now).waiting()).isEqualTo(1);

    // When
    now += 60 * SECOND;
    budget.untilTurn("here", now);

    // Then
    assertThat(budget.knows("gone")).isFalse();
    assertThat(budget.level(now).waiting()).isZero();
  }

  @Test
  void passesOverARequesterThatDoesNotComeBackInTime() {
    // Given
    slowDownTo(0.5);
    budget.untilTurn("gone", now);
    Duration behind = budget.untilTurn("here", now);
    assertThat(behind).isGreaterThan(Duration.ofSeconds(3));

    // When
    now += behind.toNanos();

    // Then
    assertThat(budget.untilTurn("here", now)).isZero();
  }

  @Test
  void forgetsATurnThatNobodyTakes() {
    // Given
    budget.untilTurn("a", now);

    // When
    now += 31 * SECOND;
    pause(Duration.ofSeconds(10));

    // Then
    assertThat(budget.untilTurn("a", now)).isPositive();
  }

  @Test
  void sendsNothingDuringThePauseThatTheCloudAskedFor() {
    // When
    pause(Duration.ofSeconds(10));

    // Then
    now += 10 * SECOND - 1;
    assertThat(budget.untilTurn("a", now)).isPositive();
    assertThat(budget.takePage(new Object(), now)).isPositive();
    assertThat(budget.paused(now)).isEqualTo(Duration.ofNanos(1));
  }

  @Test
  void asksNowAndThenWhereTheCloudNamesALongWindowAlone() {
    // Given
    RequestLimit limit = new RequestLimit(200 / 300.0, Duration.ofMinutes(5));

    // When
    budget.throttled("a", now, now, new ApiError(400, "EndPoint.0022", null, null, null, limit));

    // Then
    assertThat(budget.paused(now)).isEqualTo(Duration.ofMinutes(1));
    assertThat(budget.level(now).requestsPerSecond()).isEqualTo(0.6);
  }

  @Test
  void keepsToANamedLimitForAFewWindowsAndThenRecovers() {
    // Given
    slowDownTo(0.5);

    // Then
    assertThat(budget.level(now + 29 * SECOND).requestsPerSecond()).isEqualTo(0.5);
    assertThat(budget.level(now + 31 * SECOND).requestsPerSecond()).isGreaterThanOrEqualTo(0.5);
    assertThat(budget.level(now + 60 * SECOND).requestsPerSecond()).isEqualTo(100);
  }

  @Test
  void fallsOnceForRequestsThatWereUnderWayTogether() {
    // Given
    for (int i = 0; i < 20; i++) {
      budget.untilTurn("p" + i, now);
    }
    long sent = now;
    now += SECOND / 20;

    // When
    for (int i = 0; i < 20; i++) {
      throttled("p" + i, sent, null);
    }

    // Then
    assertThat(budget.level(now).requestsPerSecond()).isEqualTo(16);
  }

  @Test
  void fallsFurtherWhereTheNewRateIsThrottledToo() {
    // Given
    throttled("a", now, null);
    double once = budget.level(now).requestsPerSecond();

    // When
    throttled("b", now, null);

    // Then
    assertThat(budget.level(now).requestsPerSecond()).isLessThan(once);
  }

  @Test
  void neverStopsAsking() {
    // When
    for (int i = 0; i < 100; i++) {
      now++;
      throttled("p" + i, now, null);
    }

    // Then
    assertThat(budget.level(now).requestsPerSecond()).isEqualTo(0.2);
  }

  @Test
  void blamesTheAccountWhereTheSameProjectIsThrottledAndNobodyElseWasAnswered() {
    // Given
    throttled("a", now, null);
    double once = budget.level(now).requestsPerSecond();

    // When
    now++;
    throttled("a", now, null);

    // Then
    assertThat(budget.level(now).requestsPerSecond()).isLessThan(once);
  }

  @Test
  void takesEverythingBackWhereOneProjectIsThrottledByItself() {
    // Given
    throttled("a", now, Duration.ofSeconds(10));
    now += 10 * SECOND;
    for (int i = 0; i < 5; i++) {
      budget.answered("b" + i, now);
    }

    // When
    throttled("a", now, Duration.ofSeconds(10));

    // Then
    assertThat(budget.level(now)).isEqualTo(new Budget.Level(100, 0));
    assertThat(budget.untilTurn("c", now)).isZero();
  }

  @Test
  void provesNothingByAnswersToWhatWasSentBefore() {
    // Given
    long before = now;
    now += SECOND;
    throttled("a", now, null);
    double once = budget.level(now).requestsPerSecond();
    for (int i = 0; i < 5; i++) {
      budget.answered("b" + i, before);
    }

    // When
    throttled("a", now, null);

    // Then
    assertThat(budget.level(now).requestsPerSecond()).isLessThan(once);
  }

  @Property(tries = 200)
  void everybodyIsServedOnceThePauseIsOver(
      @ForAll @IntRange(min = 1, max = 60) int requesters,
      @ForAll @LongRange(min = 0, max = 20_000) long retryAfterMillis,
      @ForAll @LongRange long start) {
    // Given
    Budget fresh = new Budget(start);
    Duration retryAfter = Duration.ofMillis(retryAfterMillis);
    fresh.throttled("x", start, start, new ApiError(429, null, null, null, retryAfter, null));
    Map<Integer, Long> comesBack = new HashMap<>();
    IntStream.range(0, requesters).forEach(i -> comesBack.put(i, 0L));

    // When
    long passed = 0;
    while (!comesBack.isEmpty()) {
      int next = Collections.min(comesBack.entrySet(), Map.Entry.comparingByValue()).getKey();
      passed = comesBack.get(next);
      Duration wait = fresh.untilTurn("p" + next, start + passed);
      if (wait.isZero()) {
        assertThat(passed).isGreaterThanOrEqualTo(retryAfter.toNanos());
        comesBack.remove(next);
      } else {
        assertThat(wait).isPositive();
        comesBack.put(next, passed + wait.toNanos());
      }
    }

    // Then
    assertThat(Duration.ofNanos(passed)).isLessThan(retryAfter.plusSeconds(10));
  }

  private void pause(Duration retryAfter) {
    throttled("x", now, retryAfter);
  }

  private void throttled(String requester, long sentAt, Duration retryAfter) {
    budget.throttled(requester, sentAt, now, new ApiError(429, null, null, null, retryAfter, null));
  }

  /** By a limit that the cloud names, of a window of ten seconds; nothing is left to spend. */
  private void slowDownTo(double perSecond) {
    RequestLimit limit = new RequestLimit(perSecond / 0.9, Duration.ofSeconds(10));
    budget.throttled("x", now, now, new ApiError(429, null, null, null, Duration.ZERO, limit));
    budget.untilTurn("y", now);
    budget.untilTurn("z", now);
  }
}
