package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.PagingFixture.SHRUNK;
import static io.vpcep.operator.cloud.PagingFixture.why;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vpcep.operator.sync.EndpointService;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists that change while their pages are read. */
class ShiftingListingTest {
  private final PagingFixture paging = new PagingFixture();

  @Test
  void readsTwiceAndNotAgainWhenEachPageIsTheSame() throws Exception {
    // Given
    PageSource specificationExample = offset -> Pages.page(100, Pages.service("a"));

    // When
    Snapshot snapshot = paging.read(specificationExample);

    // Then
    assertThat(snapshot.requests()).isEqualTo(4);
    assertThat(snapshot.services()).hasSize(1);
    assertThat(why(snapshot)).contains("total_count is 100", "1 service");
  }

  @Test
  void keepsTheLaterCopyOfAServiceThatShifted() throws Exception {
    // Given
    Answer first = Pages.page(3, Pages.service("a"), Pages.service("b", "creating"));
    Answer second = Pages.page(3, Pages.service("b", "available"), Pages.service("c"));

    // When
    Snapshot snapshot = paging.read(paging.script(first, second, first, second));

    // Then
    assertThat(snapshot.services())
        .containsExactly(Pages.service("a"), Pages.service("b", "available"), Pages.service("c"));
    assertThat(why(snapshot)).contains("total_count is 3", "1 element repeating one");
  }

  @Test
  void isIncompleteWhenTheTotalChangesWhilePagingEachTime() throws Exception {
    // When
    Snapshot snapshot =
        paging.read(
            paging.script(
                Pages.page(4, Pages.service("a")),
                Pages.page(3, Pages.service("a")),
                Pages.page(3, Pages.service("a")),
                Pages.page(2, Pages.service("b")),
                Pages.page(2, Pages.service("a")),
                Pages.page(1, Pages.service("b"))));

    // Then
    assertThat(why(snapshot)).contains("total_count changed from 2 to 1");
    assertThat(paging.offsets).containsExactly(0L, 1L, 0L, 1L, 0L, 1L);
    assertThat(snapshot.requests()).isEqualTo(6);
  }

  /** What may happen to a list of a, b and c between two pages, and how its pages show it. */
  static Stream<Arguments> shifts() {
    EndpointService a = Pages.service("a");
    EndpointService b = Pages.service("b");
    EndpointService c = Pages.service("c");
    EndpointService n = Pages.service("n");
    return Stream.of(
        arguments("created", Pages.page(3, a, b), Pages.page(4, b, c), List.of(n, a, b, c)),
        arguments("deleted", Pages.page(3, a, b), Pages.page(2), List.of(b, c)),
        arguments("another place", Pages.page(3, a, b), Pages.page(3, b), List.of(c, a, b)),
        arguments("total alone", Pages.page(3, a, b), Pages.page(2, c), List.of(a, b, c)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shifts")
  void readsAgainWhatShiftedWhileItWasRead(
      String what, Answer first, Answer second, List<EndpointService> afterwards) throws Exception {
    // Given
    PageSource still =
        offset -> {
          List<EndpointService> page =
              afterwards.subList((int) offset, (int) Math.min(afterwards.size(), offset + 2));
          return new Answer.Read(
              new Page(Pages.shown(page), (long) afterwards.size(), page.size(), 0), null);
        };
    List<Answer> shifting = new ArrayList<>(List.of(first, second));

    // When
    Snapshot snapshot =
        paging.read(offset -> shifting.isEmpty() ? still.fetch(offset) : shifting.remove(0));

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(snapshot.services()).isEqualTo(afterwards);
    assertThat(snapshot.requests()).isEqualTo(2 + (afterwards.size() + 1) / 2);
  }

  @Test
  void doesNotReadAgainWhatWasOnePage() throws Exception {
    // When
    Snapshot snapshot =
        paging.read(paging.script(Pages.page(1, Pages.service("a"), Pages.service("a"))));

    // Then
    assertThat(why(snapshot)).contains("1 element repeating one");
    assertThat(snapshot.requests()).isEqualTo(1);
  }

  @Test
  void doesNotReadAgainWhenHalfOfTheTimeIsUp() throws Exception {
    // Given
    PageSource slow =
        offset -> {
          paging.nanos.addAndGet(Duration.ofMillis(7_500).toNanos());
          return Pages.page(3 - offset, Pages.service("a" + offset));
        };

    // When
    Snapshot snapshot = paging.read(slow);

    // Then
    assertThat(why(snapshot)).contains("total_count changed from 3 to 2");
    assertThat(snapshot.requests()).isEqualTo(2);
  }

  @Test
  void readsAgainWhileHalfOfTheTimeIsLeft() throws Exception {
    // Given
    PageSource fast =
        offset -> {
          paging.nanos.addAndGet(Duration.ofMillis(7_499).toNanos());
          return Pages.page(3 - offset, Pages.service("a" + offset));
        };

    // When
    Snapshot snapshot = paging.read(fast);

    // Then
    assertThat(snapshot.requests()).isEqualTo(4);
  }

  @Test
  void startsNoMoreAfterAShrinkingListThatTookHalfOfTheTime() throws Exception {
    // Given
    PageSource slow =
        offset -> {
          paging.nanos.addAndGet(Duration.ofMillis(7_500).toNanos());
          return offset == 0 ? Pages.page(2, Pages.service("a")) : SHRUNK;
        };

    // When
    Snapshot snapshot = paging.read(slow);

    // Then
    assertThat(why(snapshot)).contains("the list shrank").contains("once");
    assertThat(snapshot.requests()).isEqualTo(2);
  }

  @Test
  void showsTheFirstReadingWhenTheSecondOneDoesNotEndInTime() throws Exception {
    // When
    Snapshot snapshot =
        paging.read(
            paging.script(
                Pages.page(3, Pages.service("a")),
                Pages.page(2, Pages.service("b")),
                new Answer.OutOfTime()));

    // Then
    assertThat(why(snapshot)).contains("total_count changed from 3 to 2");
    assertThat(snapshot.services()).containsExactly(Pages.service("a"), Pages.service("b"));
    assertThat(snapshot.requests()).isEqualTo(3);
  }

  @Test
  void failsWhenTheSecondReadingIsRefused() {
    // Given
    Answer busy =
        new Answer.Refused(new ApiError(429, null, null, null, Duration.ofMinutes(5), null));

    // When
    SyncFailure failure =
        catchThrowableOfType(
            SyncFailure.class,
            () ->
                paging.read(
                    paging.script(
                        Pages.page(3, Pages.service("a")),
                        Pages.page(2, Pages.service("b")),
                        busy)));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.THROTTLED);
    assertThat(failure.retryAfter()).contains(Duration.ofMinutes(5));
  }

  @Test
  void startsAgainWhenTheListShrank() throws Exception {
    // When
    Snapshot snapshot =
        paging.read(
            paging.script(
                Pages.page(2, Pages.service("a")), SHRUNK, Pages.page(1, Pages.service("b"))));

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(snapshot.services()).containsExactly(Pages.service("b"));
    assertThat(snapshot.requests()).isEqualTo(3);
    assertThat(paging.offsets).containsExactly(0L, 1L, 0L);
  }

  @Test
  void isIncompleteWhenTheListShrinksAgainAndAgain() throws Exception {
    // Given
    Answer page = Pages.page(2, Pages.service("a"));

    // When
    Snapshot snapshot = paging.read(paging.script(page, SHRUNK, page, SHRUNK, page, SHRUNK));

    // Then
    assertThat(snapshot.services()).hasSize(1);
    assertThat(snapshot.requests()).isEqualTo(6);
    assertThat(why(snapshot)).contains("the list shrank").contains("3 times");
  }
}
