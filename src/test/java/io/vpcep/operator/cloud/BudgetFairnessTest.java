package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hundreds of projects that share an account, for minutes of virtual time. */
class BudgetFairnessTest {
  @ParameterizedTest
  @CsvSource({"5, ", "5, PT1S", "10, ", "10, PT1S", "10, PT3S"})
  void sharesWhatAThrottledAccountMayAskAndRecovers(int seconds, Duration retryAfter) {
    // Given
    Duration interval = Duration.ofSeconds(seconds);
    ThrottledApi api = new ThrottledApi(retryAfter);
    api.allows(20);
    List<VirtualProject> projects = projects(api, 300, interval, 1);
    api.runFor(Duration.ofMinutes(1));
    long settled = api.now;
    int answered = api.answered;

    // When
    api.runFor(Duration.ofMinutes(5));

    // Then
    Duration fairCycle = Duration.ofSeconds(300 / 20);
    assertThat(projects)
        .allSatisfy(
            project ->
                assertThat(project.longestCycle(settled))
                    .isLessThan(fairCycle.multipliedBy(3).dividedBy(2)));
    assertThat((api.answered - answered) / 300.0).as("requests a second").isGreaterThan(14);

    // When
    api.allows(1e9);
    api.runFor(interval.multipliedBy(2));
    long twoCyclesLater = api.now;
    api.runFor(interval.multipliedBy(5));

    // Then
    assertThat(projects)
        .allSatisfy(
            project -> {
              assertThat(project.longestWait(twoCyclesLater)).isLessThan(Duration.ofMillis(50));
              assertThat(project.begun).hasSizeGreaterThan(5);
            });
  }

  @Test
  void neitherStarvesSmallProjectsNorALargeOne() {
    // Given
    Duration without = longestWaitOfSmallOnes();

    // When
    ThrottledApi api = new ThrottledApi(null);
    slow(api);
    VirtualProject large = new VirtualProject(api, "large", Duration.ofMinutes(10), 100);
    large.start(Duration.ZERO);
    List<VirtualProject> small = projects(api, 100, Duration.ofMinutes(1), 1);
    api.runFor(Duration.ofMinutes(2));

    // Then
    assertThat(small)
        .allSatisfy(
            project ->
                assertThat(project.longestWait(0))
                    // The turn of the large one, and slots that begin between two questions.
                    .isLessThan(without.multipliedBy(3).dividedBy(2).plusSeconds(1)));
    assertThat(large.ended).hasSize(1);
  }

  private static Duration longestWaitOfSmallOnes() {
    ThrottledApi api = new ThrottledApi(null);
    slow(api);
    List<VirtualProject> small = projects(api, 100, Duration.ofMinutes(1), 1);
    api.runFor(Duration.ofMinutes(2));
    return small.stream()
        .map(project -> project.longestWait(0))
        .max(Duration::compareTo)
        .orElseThrow();
  }

  /** To five requests a second, for as long as the test looks at it. */
  private static void slow(ThrottledApi api) {
    RequestLimit limit = new RequestLimit(5 / 0.9, Duration.ofMinutes(10));
    api.budget.throttled(
        "another", 0, 0, new ApiError(429, null, null, null, Duration.ZERO, limit));
  }

  @Test
  void readsALongListingAtTheSameTimeAsShortOnesKeepComing() {
    // Given
    ThrottledApi api = new ThrottledApi(null);
    slow(api);
    projects(api, 300, Duration.ofSeconds(5), 1);
    VirtualProject large = new VirtualProject(api, "large", Duration.ofMinutes(10), 20);

    // When
    large.start(Duration.ofSeconds(30));
    api.runFor(Duration.ofMinutes(4));

    // Then
    long took = large.ended.get(0) - large.begun.get(0);
    assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofSeconds(20 * 3 / 5 + 4));
  }

  @Test
  void letsProjectsThatStartTogetherArriveOneAfterTheOther() {
    // Given
    ThrottledApi api = new ThrottledApi(null);

    // When
    List<VirtualProject> projects = projects(api, 500, Duration.ofMinutes(1), 1);
    api.runFor(Duration.ofSeconds(50));

    // Then
    List<Long> sent = projects.stream().flatMap(project -> project.sent.stream()).sorted().toList();
    assertThat(sent).hasSize(500);
    for (int i = 120; i < sent.size(); i++) {
      assertThat(sent.get(i) - sent.get(i - 120))
          .isGreaterThanOrEqualTo(ThrottledApi.SECOND - 1000);
    }
    assertThat(sent.get(499)).isLessThan(6 * ThrottledApi.SECOND);
  }

  @Test
  void leavesOthersAloneWhereOneProjectIsThrottledByItself() {
    // Given
    ThrottledApi api = new ThrottledApi(Duration.ofSeconds(1));
    api.refuses("unlucky");
    List<VirtualProject> others = projects(api, 100, Duration.ofSeconds(5), 1);
    new VirtualProject(api, "unlucky", Duration.ofSeconds(5), 1).start(Duration.ZERO);
    api.runFor(Duration.ofSeconds(10));
    long learnt = api.now;

    // When
    api.runFor(Duration.ofMinutes(1));

    // Then
    assertThat(api.throttled).isGreaterThan(30);
    assertThat(others)
        .allSatisfy(
            project -> assertThat(project.longestWait(learnt)).isLessThan(Duration.ofMillis(100)));
  }

  private static List<VirtualProject> projects(
      ThrottledApi api, int count, Duration interval, int pages) {
    List<VirtualProject> projects =
        IntStream.range(0, count)
            .mapToObj(i -> new VirtualProject(api, "p" + i, interval, pages))
            .toList();
    projects.forEach(project -> project.start(Duration.ZERO));
    return projects;
  }
}
