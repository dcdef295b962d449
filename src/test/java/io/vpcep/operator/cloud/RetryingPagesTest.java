package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryingPagesTest {
  private static final Answer CUT =
      new Answer.Broken(new SyncFailure(FailureReason.ENDPOINT_UNREACHABLE, "cut"));
  private static final Answer PAGE = Pages.page(1, Pages.service("a"));

  private final List<Duration> waits = new ArrayList<>();
  private long now;
  private int asked;

  @Test
  void returnsTheFirstPageThatComes() throws Exception {
    assertThat(fetch(30, 0, CUT, refused(503, null), PAGE)).isEqualTo(PAGE);
    assertThat(asked).isEqualTo(3);
  }

  @Test
  void waitsTwiceAsLongEachTimeAndEndsWithTheLastAnswer() throws Exception {
    // When
    Answer answer = fetch(30, 0.999999999, CUT, CUT, CUT, refused(502, null));

    // Then
    assertThat(answer).isEqualTo(refused(502, null));
    assertThat(waits.stream().map(Duration::toMillis)).containsExactly(199L, 399L, 799L);
  }

  @Test
  void leavesHalfOfTheWaitToChance() throws Exception {
    fetch(30, 0, CUT, PAGE);

    assertThat(waits).containsExactly(Duration.ofMillis(100));
  }

  @ParameterizedTest
  @CsvSource({
    "408, , true",
    "429, , true",
    "500, , true",
    "502, , true",
    "503, , true",
    "504, , true",
    "400, endpoint.0022, true",
    "400, EndPoint.0010, false",
    "400, , false",
    "401, , false",
    "403, EndPoint.0022, false",
    "404, , false",
    "301, , false",
    "501, , false",
    "200, , false",
  })
  void asksAgainAfterTransientTroubleAlone(int status, String code, boolean again)
      throws Exception {
    // Given
    Answer refused = new Answer.Refused(new ApiError(status, code, null, null, null, null));

    // When
    Answer answer = fetch(30, 0, refused, PAGE);

    // Then
    assertThat(answer).isEqualTo(again ? PAGE : refused);
  }

  @Test
  void doesNotAskAgainWhenTimeIsUp() throws Exception {
    assertThat(fetch(30, 0, new Answer.OutOfTime(), PAGE)).isEqualTo(new Answer.OutOfTime());
  }

  @Test
  void doesNotAskAgainAfterAFailureThatStays() {
    // Given
    SyncFailure stays = new SyncFailure(FailureReason.ENDPOINT_NOT_ALLOWED, "no");
    PageSource source =
        offset -> {
          asked++;
          throw stays;
        };

    // Then
    assertThatThrownBy(() -> retrying(30, 0, source).fetch(0)).isSameAs(stays);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void leavesTheCloudAloneForAsLongAsItAsked() throws Exception {
    assertThat(fetch(30, 0, refused(429, Duration.ofSeconds(7)), PAGE)).isEqualTo(PAGE);
    assertThat(waits).containsExactly(Duration.ofMillis(7100));
  }

  @Test
  void endsAtOnceWhereTheCloudAsksForMoreThanTheTimeThatIsLeft() throws Exception {
    // Given
    Answer busy = refused(503, Duration.ofSeconds(7));

    // When
    Answer answer = fetch(10, 0, busy, busy, PAGE);

    // Then
    assertThat(answer).isEqualTo(busy);
    assertThat(waits).containsExactly(Duration.ofMillis(7100));
  }

  @Test
  void takesTheWindowOfTheLimitWhereTheCloudDoesNotSayHowLong() throws Exception {
    // Given
    RequestLimit limit = new RequestLimit(20, Duration.ofSeconds(3));
    Answer throttled =
        new Answer.Refused(new ApiError(400, "EndPoint.0022", null, null, null, limit));

    // When
    fetch(30, 0, throttled, PAGE);

    // Then
    assertThat(waits).containsExactly(Duration.ofMillis(3100));
  }

  @Test
  void stopsAtTheEndOfTheTimeOfTheListing() throws Exception {
    // Given
    PageSource slow =
        offset -> {
          asked++;
          now += Duration.ofMillis(900).toNanos();
          return CUT;
        };

    // When
    Answer answer = retrying(2, 0, slow).fetch(0);

    // Then
    assertThat(answer).isEqualTo(CUT);
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void endsWhenItIsInterruptedWhileItWaits() {
    // Given
    Deadline deadline = Deadline.after(Duration.ofSeconds(30), () -> now);
    RetryingPages pages = new RetryingPages(offset -> CUT, deadline, Waiter.real(), () -> 0);
    Thread.currentThread().interrupt();

    // Then
    assertThatThrownBy(() -> pages.fetch(0)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void endsWhenTheCatalogIsClosedWhileItWaits() {
    // Given
    Deadline deadline = Deadline.after(Duration.ofSeconds(30), () -> now);
    Waiter waiter = Waiter.real();
    RetryingPages pages = new RetryingPages(offset -> CUT, deadline, waiter, () -> 0);
    waiter.close();

    // Then
    assertThatThrownBy(() -> pages.fetch(0)).isInstanceOf(InterruptedException.class);
  }

  private Answer fetch(int seconds, double chance, Answer... answers) throws Exception {
    return retrying(seconds, chance, offset -> answers[asked++]).fetch(0);
  }

  private RetryingPages retrying(int seconds, double chance, PageSource source) {
    Deadline deadline = Deadline.after(Duration.ofSeconds(seconds), () -> now);
    Waiter waiter =
        new Waiter() {
          @Override
          public void await(Duration duration) {
            waits.add(duration);
            now += duration.toNanos();
          }

          @Override
          public void close() {}
        };
    return new RetryingPages(source, deadline, waiter, () -> chance);
  }

  private static Answer refused(int status, Duration retryAfter) {
    return new Answer.Refused(new ApiError(status, null, null, null, retryAfter, null));
  }
}
