package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.PagingFixture.SHRUNK;
import static io.vpcep.operator.cloud.PagingFixture.why;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vpcep.operator.sync.EndpointService;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PagerTest {
  private static final Page.Shown RECOGNIZED = new Page.Shown("s1", null);

  private final PagingFixture paging = new PagingFixture();

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
    Snapshot snapshot = paging.read(cloud);

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
    Snapshot snapshot =
        paging.read(paging.script(page(kept, RECOGNIZED, new Page.Shown("s2", null))));

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(snapshot.recognized()).containsExactlyInAnyOrder("s1", "s2");
    assertThat(snapshot.services()).containsExactly(kept.service());
  }

  @Test
  void countsWhatIsRecognizedTwiceAsADuplicate() throws Exception {
    // When
    Snapshot snapshot = paging.read(paging.script(page(RECOGNIZED, RECOGNIZED)));

    // Then
    assertThat(snapshot.isComplete()).isFalse();
    assertThat(snapshot.recognized()).containsExactly("s1");
  }

  @Test
  void lastOfAServiceThatComesTwiceCounts() throws Exception {
    // Given
    Page.Shown changed = Pages.shown(Pages.service("s1"));

    // When
    Snapshot recognizedLast = paging.read(paging.script(page(changed, RECOGNIZED)));
    Snapshot changedLast = paging.read(paging.script(page(RECOGNIZED, changed)));

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
    Snapshot snapshot = paging.read(cloud);

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
  void endsAtAnEmptyPageThatItsOwnTotalBelies() throws Exception {
    // When
    Snapshot snapshot =
        paging.read(paging.script(Pages.page(5, Pages.service("a")), Pages.page(5)));

    // Then
    assertThat(why(snapshot)).isEqualTo("total_count is 5, but the pages held 1 service");
    assertThat(paging.offsets).containsExactly(0L, 1L);
  }

  @Test
  void readsToTheEndWithoutATotalAndIsIncomplete() throws Exception {
    // Given
    Answer page = new Answer.Read(new Page(Pages.shown(Pages.services(0, 2)), null, 2, 0), null);

    // When
    Snapshot snapshot = paging.read(paging.script(page, SHRUNK));

    // Then
    assertThat(snapshot.services()).hasSize(2);
    assertThat(why(snapshot)).contains("total_count is missing", "2 services");
  }

  @Test
  void countsSkippedElementsAndGoesOnBehindThem() throws Exception {
    // Given
    Answer unusable = new Answer.Read(new Page(List.of(), 2L, 1, 1), null);

    // When
    Snapshot snapshot = paging.read(paging.script(unusable, Pages.page(2, Pages.service("b"))));

    // Then
    assertThat(snapshot.services()).containsExactly(Pages.service("b"));
    assertThat(snapshot.skipped()).isEqualTo(1);
    assertThat(why(snapshot)).contains("1 element without a usable id");
  }

  @Test
  void isIncompleteWhenAnElementWasSkippedThoughTheNumbersAgree() throws Exception {
    // When
    Snapshot snapshot =
        paging.read(
            paging.script(
                new Answer.Read(new Page(Pages.shown(Pages.services(0, 1)), 1L, 2, 1), null)));

    // Then
    assertThat(why(snapshot)).contains("1 element without a usable id");
  }

  @Test
  void failsWhenTheFirstPageIsRefused() {
    // When
    SyncFailure failure =
        catchThrowableOfType(SyncFailure.class, () -> paging.read(paging.script(SHRUNK)));

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
            SyncFailure.class,
            () -> paging.read(paging.script(Pages.page(2, Pages.service("a")), refused)));

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
    SyncFailure failure = catchThrowableOfType(SyncFailure.class, () -> paging.read(endless));

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
    Snapshot snapshot = paging.read(large);

    // Then
    assertThat(snapshot.isComplete()).isTrue();
  }

  @Test
  void failsBeyondTheMostPages() {
    // Given
    PageSource endless =
        offset -> {
          paging.offsets.add(offset);
          return Pages.page(offset + 10, Pages.service("s" + offset));
        };

    // When
    SyncFailure failure = catchThrowableOfType(SyncFailure.class, () -> paging.read(endless));

    // Then
    assertThat(paging.offsets).hasSize(10_000);
    assertThat(failure.reason()).isEqualTo(FailureReason.INCOMPLETE_LISTING);
    assertThat(failure).hasMessage("the listing did not end after 10000 pages");
  }

  @Test
  void failsWhenTimeIsUpWhilePagesStillArrive() {
    // Given
    PageSource slow =
        offset -> {
          paging.nanos.addAndGet(Duration.ofSeconds(7).toNanos());
          return Pages.page(100, Pages.service("s" + offset));
        };

    // When
    SyncFailure failure = catchThrowableOfType(SyncFailure.class, () -> paging.read(slow));

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
          paging.nanos.addAndGet(Duration.ofSeconds(30).toNanos());
          return new Answer.OutOfTime();
        };

    // When
    SyncFailure failure = catchThrowableOfType(SyncFailure.class, () -> paging.read(silent));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
    assertThat(failure)
        .hasMessage("the listing did not end within 30s: no answer after 1 service in 1 page");
  }

  @Test
  void failsWhenNothingEverArrived() {
    // When
    SyncFailure failure =
        catchThrowableOfType(
            SyncFailure.class, () -> paging.read(paging.script(new Answer.OutOfTime())));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
    assertThat(failure).hasMessage("no answer from the cloud within 30s");
  }
}
