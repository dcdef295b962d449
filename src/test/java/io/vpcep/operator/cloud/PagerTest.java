package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vpcep.operator.sync.Completeness;
import io.vpcep.operator.sync.EndpointService;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PagerTest {
  private static final Page.Shown RECOGNIZED = new Page.Shown("s1", null);

  private static final Answer SHRUNK =
      new Answer.Refused(
          new ApiError(400, "endpoint.0010", "\"Invalid offset\"", "r1", null, null));

  private final AtomicLong nanos = new AtomicLong();
  private final List<Long> offsets = new ArrayList<>();

  @Property
  void slicedListingIsCompleteAtTheLeastRequests(
      @ForAll @IntRange(max = 2500) int services,
      @ForAll @IntRange(min = 1, max = 1000) int limit,
      @ForAll @IntRange(min = 1, max = 1000) int serverCap)
      throws Exception {
    // Given
    int slice = Math.min(limit, serverCap);
    PageSource cloud =
        offset -> {
          assertThat(offset == 0 || offset < services).as("offset is below the total").isTrue();
          List<EndpointService> page =
              Pages.services((int) offset, (int) Math.min(services, offset + slice));
          return new Answer.Read(
              new Page(Pages.shown(page), (long) services, page.size(), 0), null);
        };

    // When
    Snapshot snapshot = read(cloud);

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(snapshot.services()).isEqualTo(Pages.services(0, services));
    assertThat(snapshot.requests()).isEqualTo(Math.max(1, (services + slice - 1) / slice));
  }

  @Test
  void keepsNothingButTheNamesOfWhatIsRecognized() throws Exception {
    // Given
    Page.Shown kept = Pages.shown(Pages.service("s0"));

    // When
    Snapshot snapshot = read(script(page(kept, RECOGNIZED, new Page.Shown("s2", null))));

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(snapshot.recognized()).containsExactlyInAnyOrder("s1", "s2");
    assertThat(snapshot.services()).containsExactly(kept.service());
  }

  @Test
  void countsWhatIsRecognizedTwiceAsADuplicate() throws Exception {
    // When
    Snapshot snapshot = read(script(page(RECOGNIZED, RECOGNIZED)));

    // Then
    assertThat(snapshot.isComplete()).isFalse();
    assertThat(snapshot.recognized()).containsExactly("s1");
  }

  @Test
  void lastOfAServiceThatComesTwiceCounts() throws Exception {
    // Given
    Page.Shown changed = Pages.shown(Pages.service("s1"));

    // When
    Snapshot recognizedLast = read(script(page(changed, RECOGNIZED)));
    Snapshot changedLast = read(script(page(RECOGNIZED, changed)));

    // Then
    assertThat(recognizedLast.recognized()).containsExactly("s1");
    assertThat(recognizedLast.services()).isEmpty();
    assertThat(changedLast.recognized()).isEmpty();
    assertThat(changedLast.services()).containsExactly(changed.service());
    assertThat(why(changedLast)).contains("1 service, 1 element repeating one");
  }

  private static Answer page(Page.Shown... services) {
    int size = services.length;
    return new Answer.Read(new Page(List.of(services), (long) size, size, 0), null);
  }

  @Property(tries = 200)
  void anyPagesEndAndOnlyProvenOnesAreComplete(
      @ForAll List<@IntRange(max = 30) Integer> ids,
      @ForAll @IntRange(max = 40) int total,
      @ForAll @IntRange(min = 1, max = 7) int limit)
      throws Exception {
    // Given
    List<EndpointService> all = ids.stream().map(id -> Pages.service("s" + id)).toList();
    PageSource cloud =
        offset -> {
          int from = (int) Math.min(all.size(), offset);
          List<EndpointService> page = all.subList(from, Math.min(all.size(), from + limit));
          return new Answer.Read(new Page(Pages.shown(page), (long) total, page.size(), 0), null);
        };

    // When
    Snapshot snapshot = read(cloud);

    // Then
    assertThat(snapshot.services()).doesNotHaveDuplicates();
    if (snapshot.isComplete()) {
      assertThat(snapshot.services()).hasSize(total);
    }
    if (ids.size() == total && ids.stream().distinct().count() == total) {
      assertThat(snapshot.isComplete()).isTrue();
    }
  }

  @Test
  void readsTwiceAndNotAgainWhenEachPageIsTheSame() throws Exception {
    // Given
    PageSource specificationExample = offset -> Pages.page(100, Pages.service("a"));

    // When
    Snapshot snapshot = read(specificationExample);

    // Then
    assertThat(snapshot.requests()).isEqualTo(4);
    assertThat(snapshot.services()).hasSize(1);
    assertThat(why(snapshot)).contains("total_count is 100", "1 service");
  }

  @Test
  void endsAtAnEmptyPageThatItsOwnTotalBelies() throws Exception {
    // When
    Snapshot snapshot = read(script(Pages.page(5, Pages.service("a")), Pages.page(5)));

    // Then
    assertThat(why(snapshot)).isEqualTo("total_count is 5, but the pages held 1 service");
    assertThat(offsets).containsExactly(0L, 1L);
  }

  @Test
  void keepsTheLaterCopyOfAServiceThatShifted() throws Exception {
    // Given
    Answer first = Pages.page(3, Pages.service("a"), Pages.service("b", "creating"));
    Answer second = Pages.page(3, Pages.service("b", "available"), Pages.service("c"));

    // When
    Snapshot snapshot = read(script(first, second, first, second));

    // Then
    assertThat(snapshot.services())
        .containsExactly(Pages.service("a"), Pages.service("b", "available"), Pages.service("c"));
    assertThat(why(snapshot)).contains("total_count is 3", "1 element repeating one");
  }

  @Test
  void isIncompleteWhenTheTotalChangesWhilePagingEachTime() throws Exception {
    // When
    Snapshot snapshot =
        read(
            script(
                Pages.page(4, Pages.service("a")),
                Pages.page(3, Pages.service("a")),
                Pages.page(3, Pages.service("a")),
                Pages.page(2, Pages.service("b")),
                Pages.page(2, Pages.service("a")),
                Pages.page(1, Pages.service("b"))));

    // Then
    assertThat(why(snapshot)).contains("total_count changed from 2 to 1");
    assertThat(offsets).containsExactly(0L, 1L, 0L, 1L, 0L, 1L);
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
        read(offset -> shifting.isEmpty() ? still.fetch(offset) : shifting.remove(0));

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(snapshot.services()).isEqualTo(afterwards);
    assertThat(snapshot.requests()).isEqualTo(2 + (afterwards.size() + 1) / 2);
  }

  @Test
  void doesNotReadAgainWhatWasOnePage() throws Exception {
    // When
    Snapshot snapshot = read(script(Pages.page(1, Pages.service("a"), Pages.service("a"))));

    // Then
    assertThat(why(snapshot)).contains("1 element repeating one");
    assertThat(snapshot.requests()).isEqualTo(1);
  }

  @Test
  void doesNotReadAgainWhenHalfOfTheTimeIsUp() throws Exception {
    // Given
    PageSource slow =
        offset -> {
          nanos.addAndGet(Duration.ofMillis(7_500).toNanos());
          return Pages.page(3 - offset, Pages.service("a" + offset));
        };

    // When
    Snapshot snapshot = read(slow);

    // Then
    assertThat(why(snapshot)).contains("total_count changed from 3 to 2");
    assertThat(snapshot.requests()).isEqualTo(2);
  }

  @Test
  void readsAgainWhileHalfOfTheTimeIsLeft() throws Exception {
    // Given
    PageSource fast =
        offset -> {
          nanos.addAndGet(Duration.ofMillis(7_499).toNanos());
          return Pages.page(3 - offset, Pages.service("a" + offset));
        };

    // When
    Snapshot snapshot = read(fast);

    // Then
    assertThat(snapshot.requests()).isEqualTo(4);
  }

  @Test
  void startsNoMoreAfterAShrinkingListThatTookHalfOfTheTime() throws Exception {
    // Given
    PageSource slow =
        offset -> {
          nanos.addAndGet(Duration.ofMillis(7_500).toNanos());
          return offset == 0 ? Pages.page(2, Pages.service("a")) : SHRUNK;
        };

    // When
    Snapshot snapshot = read(slow);

    // Then
    assertThat(why(snapshot)).contains("the list shrank").contains("once");
    assertThat(snapshot.requests()).isEqualTo(2);
  }

  @Test
  void showsTheFirstReadingWhenTheSecondOneDoesNotEndInTime() throws Exception {
    // When
    Snapshot snapshot =
        read(
            script(
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
                read(
                    script(
                        Pages.page(3, Pages.service("a")),
                        Pages.page(2, Pages.service("b")),
                        busy)));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.THROTTLED);
    assertThat(failure.retryAfter()).contains(Duration.ofMinutes(5));
  }

  @Test
  void readsToTheEndWithoutATotalAndIsIncomplete() throws Exception {
    // Given
    Answer page = new Answer.Read(new Page(Pages.shown(Pages.services(0, 2)), null, 2, 0), null);

    // When
    Snapshot snapshot = read(script(page, SHRUNK));

    // Then
    assertThat(snapshot.services()).hasSize(2);
    assertThat(why(snapshot)).contains("total_count is missing", "2 services");
  }

  @Test
  void countsSkippedElementsAndGoesOnBehindThem() throws Exception {
    // Given
    Answer unusable = new Answer.Read(new Page(List.of(), 2L, 1, 1), null);

    // When
    Snapshot snapshot = read(script(unusable, Pages.page(2, Pages.service("b"))));

    // Then
    assertThat(snapshot.services()).containsExactly(Pages.service("b"));
    assertThat(snapshot.skipped()).isEqualTo(1);
    assertThat(why(snapshot)).contains("1 element without a usable id");
  }

  @Test
  void isIncompleteWhenAnElementWasSkippedThoughTheNumbersAgree() throws Exception {
    // When
    Snapshot snapshot =
        read(script(new Answer.Read(new Page(Pages.shown(Pages.services(0, 1)), 1L, 2, 1), null)));

    // Then
    assertThat(why(snapshot)).contains("1 element without a usable id");
  }

  @Test
  void startsAgainWhenTheListShrank() throws Exception {
    // When
    Snapshot snapshot =
        read(script(Pages.page(2, Pages.service("a")), SHRUNK, Pages.page(1, Pages.service("b"))));

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(snapshot.services()).containsExactly(Pages.service("b"));
    assertThat(snapshot.requests()).isEqualTo(3);
    assertThat(offsets).containsExactly(0L, 1L, 0L);
  }

  @Test
  void isIncompleteWhenTheListShrinksAgainAndAgain() throws Exception {
    // Given
    Answer page = Pages.page(2, Pages.service("a"));

    // When
    Snapshot snapshot = read(script(page, SHRUNK, page, SHRUNK, page, SHRUNK));

    // Then
    assertThat(snapshot.services()).hasSize(1);
    assertThat(snapshot.requests()).isEqualTo(6);
    assertThat(why(snapshot)).contains("the list shrank").contains("3 times");
  }

  @Test
  void failsWhenTheFirstPageIsRefused() {
    // When
    SyncFailure failure = catchThrowableOfType(SyncFailure.class, () -> read(script(SHRUNK)));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.REJECTED);
  }

  @Test
  void failsWhenALaterPageIsRefusedForAnotherReason() {
    // Given
    Answer refused = new Answer.Refused(new ApiError(503, null, null, null, null, null));

    // When
    SyncFailure failure =
        catchThrowableOfType(
            SyncFailure.class, () -> read(script(Pages.page(2, Pages.service("a")), refused)));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.SERVER_ERROR);
  }

  @Test
  void failsBeyondTheMostServices() {
    // Given
    PageSource endless =
        offset -> {
          List<EndpointService> page = Pages.services((int) offset, (int) offset + 1000);
          return new Answer.Read(new Page(Pages.shown(page), offset + 5000, 1000, 0), null);
        };

    // When
    SyncFailure failure = catchThrowableOfType(SyncFailure.class, () -> read(endless));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INCOMPLETE_LISTING);
    assertThat(failure).hasMessage("there are more than 100000 services");
  }

  @Test
  void acceptsExactlyTheMostServices() throws Exception {
    // Given
    PageSource large =
        offset ->
            new Answer.Read(
                new Page(
                    Pages.shown(Pages.services((int) offset, (int) offset + 1000)),
                    100_000L,
                    1000,
                    0),
                null);

    // When
    Snapshot snapshot = read(large);

    // Then
    assertThat(snapshot.isComplete()).isTrue();
  }

  @Test
  void failsBeyondTheMostPages() {
    // Given
    PageSource endless =
        offset -> {
          offsets.add(offset);
          return Pages.page(offset + 10, Pages.service("s" + offset));
        };

    // When
    SyncFailure failure = catchThrowableOfType(SyncFailure.class, () -> read(endless));

    // Then
    assertThat(offsets).hasSize(10_000);
    assertThat(failure.reason()).isEqualTo(FailureReason.INCOMPLETE_LISTING);
    assertThat(failure).hasMessage("the listing did not end after 10000 pages");
  }

  @Test
  void failsWhenTimeIsUpWhilePagesStillArrive() {
    // Given
    PageSource slow =
        offset -> {
          nanos.addAndGet(Duration.ofSeconds(7).toNanos());
          return Pages.page(100, Pages.service("s" + offset));
        };

    // When
    SyncFailure failure = catchThrowableOfType(SyncFailure.class, () -> read(slow));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INCOMPLETE_LISTING);
    assertThat(failure)
        .hasMessage(
            "the listing did not end within 30s: 5 services in 5 pages so far; a longer"
                + " spec.timeout may help");
  }

  @Test
  void failsWhenTimeIsUpAfterALongSilence() {
    // Given
    PageSource silent =
        offset -> {
          if (offset == 0) {
            return Pages.page(100, Pages.service("a"));
          }
          nanos.addAndGet(Duration.ofSeconds(30).toNanos());
          return new Answer.OutOfTime();
        };

    // When
    SyncFailure failure = catchThrowableOfType(SyncFailure.class, () -> read(silent));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
    assertThat(failure)
        .hasMessage("the listing did not end within 30s: no answer after 1 service in 1 page");
  }

  @Test
  void failsWhenNothingEverArrived() {
    // When
    SyncFailure failure =
        catchThrowableOfType(SyncFailure.class, () -> read(script(new Answer.OutOfTime())));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
    assertThat(failure).hasMessage("no answer from the cloud within 30s");
  }

  private Snapshot read(PageSource source) throws SyncFailure, InterruptedException {
    Deadline deadline = Deadline.after(Duration.ofSeconds(30), nanos::get);
    return new Pager(source, deadline).read();
  }

  private PageSource script(Answer... answers) {
    List<Answer> left = new ArrayList<>(Arrays.asList(answers));
    return offset -> {
      offsets.add(offset);
      return left.remove(0);
    };
  }

  private static String why(Snapshot snapshot) {
    assertThat(snapshot.isComplete()).isFalse();
    return ((Completeness.Incomplete) snapshot.completeness()).why();
  }
}
