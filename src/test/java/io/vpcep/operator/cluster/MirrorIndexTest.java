package io.vpcep.operator.cluster;

import static io.vpcep.operator.cluster.Services.PROD;
import static io.vpcep.operator.cluster.Services.mirrored;
import static io.vpcep.operator.cluster.Services.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.MirroredService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MirrorIndexTest {
  private static final String SPACE = "network";
  private final MirrorIndex index = new MirrorIndex();

  @Test
  void findsByNameInItsNamespaceAlone() {
    index.observed(SPACE, mirrored("a", "prod", "1"));

    assertThat(index.find(SPACE, "a")).isEqualTo(mirrored("a", "prod", "1"));
    assertThat(index.find(SPACE, "b")).isNull();
    assertThat(index.find("other", "a")).isNull();
    assertThat(index.claimedBy("other", "prod")).isEmpty();
    assertThat(index.size()).isEqualTo(1);
  }

  @Test
  void leavesOutEventsOlderThanTheLastAnswer() {
    index.observed(SPACE, mirrored("a", "prod", "9"));
    index.answered(SPACE, mirrored("a", "prod", "12"));

    index.observed(SPACE, mirrored("a", "prod", "10"));

    assertThat(index.find(SPACE, "a").resourceVersion()).isEqualTo("12");
  }

  @Test
  void awaitsTheVersionOfTheLastAnswerUntilItIsShown() {
    index.answered(SPACE, mirrored("a", "prod", "12"));

    assertThat(index.awaited(SPACE, "a", "12")).isEqualTo(mirrored("a", "prod", "12"));
    assertThat(index.awaited(SPACE, "a", "11")).isNull();
    index.observed(SPACE, mirrored("a", "prod", "12"));
    assertThat(index.awaited(SPACE, "a", "12")).isNull();
    assertThat(index.awaited("other", "a", "12")).isNull();
  }

  @Test
  void remembersHowAServiceWasListedUntilItsContentChanges() {
    MirroredService shown = mirrored("a", "prod", "1");
    index.observed(SPACE, shown);

    index.recognized(SPACE, shown, 17);
    index.observed(SPACE, mirrored("a", "prod", "2"));

    assertThat(index.find(SPACE, "a")).isEqualTo(mirrored("a", "prod", "2").showing(17));
    index.observed(SPACE, mirrored("a", "other", "3"));
    assertThat(index.find(SPACE, "a").listedDigest()).isZero();
  }

  @Test
  void doesNotSayOfAChangedServiceHowItWasListedBefore() {
    MirroredService before = mirrored("a", "prod", "1");
    index.observed(SPACE, before);
    index.observed(SPACE, mirrored("a", "prod", "2"));

    index.recognized(SPACE, before, 17);

    assertThat(index.find(SPACE, "a")).isEqualTo(mirrored("a", "prod", "2"));
  }

  @ParameterizedTest
  @CsvSource({"12", "13"})
  void believesEveryEventAfterThatOfTheLastAnswer(String shown) {
    index.answered(SPACE, mirrored("a", "prod", "12"));
    index.observed(SPACE, mirrored("a", "prod", shown));

    index.observed(SPACE, mirrored("a", "prod", "5"));

    assertThat(index.find(SPACE, "a").resourceVersion()).isEqualTo("5");
  }

  @ParameterizedTest
  @CsvSource({"9, abc", "abc, 9"})
  void believesNewsWhoseVersionCannotBeCompared(String answered, String shown) {
    index.answered(SPACE, mirrored("a", "prod", answered));

    index.observed(SPACE, mirrored("a", "prod", shown));

    assertThat(index.find(SPACE, "a").resourceVersion()).isEqualTo(shown);
  }

  @Test
  void forgetsWhatItsOwnRequestDeletedButNotWhatStillTerminates() {
    VpcEndpointService terminating = wanted(PROD, "kept");
    terminating.getMetadata().setDeletionTimestamp("2026-11-22T10:00:00Z");
    index.observed(SPACE, mirrored("gone", "prod", "1"));
    index.observed(SPACE, mirrored(terminating));

    index.deleted(SPACE, "gone");
    index.deleted(SPACE, "kept");
    index.deleted(SPACE, "never there");

    assertThat(index.find(SPACE, "gone")).isNull();
    assertThat(index.find(SPACE, "kept").terminating()).isTrue();
  }

  @Test
  void keepsAnEditThatTheWatchShowedBeforeOurAnswerCame() {
    index.began(SPACE, "a");
    index.observed(SPACE, mirrored("a", "prod", "12"));
    index.observed(SPACE, mirrored("a", "edited", "13"));

    index.answered(SPACE, mirrored("a", "prod", "12"));

    assertThat(index.find(SPACE, "a").claimant()).isEqualTo("edited");
  }

  @Test
  void believesVersionsThatGoBackwardsWhenTheAnswerCameAfterItsEvent() {
    index.observed(SPACE, mirrored("a", "prod", "12"));
    index.answered(SPACE, mirrored("a", "prod", "12"));

    index.observed(SPACE, mirrored("a", "prod", "3"));

    assertThat(index.find(SPACE, "a").resourceVersion()).isEqualTo("3");
  }

  @Test
  void doesNotBringBackWhatVanishedBeforeOurAnswerCame() {
    index.began(SPACE, "a");
    index.observed(SPACE, mirrored("a", "prod", "12"));
    index.vanished(SPACE, "a");

    index.answered(SPACE, mirrored("a", "prod", "12"));

    assertThat(index.find(SPACE, "a")).isNull();
    assertThat(index.claimedBy(SPACE, "prod")).isEmpty();
  }

  @Test
  void believesTheAnswersOfLaterRequestsToWhatVanished() {
    index.began(SPACE, "a");
    index.vanished(SPACE, "a");
    index.ended(SPACE, "a");
    index.began(SPACE, "a");

    index.answered(SPACE, mirrored("a", "prod", "15"));

    assertThat(index.find(SPACE, "a").resourceVersion()).isEqualTo("15");
  }

  @Test
  void mistrustsAnswersUntilTheLastRequestForTheNameHasEnded() {
    index.began(SPACE, "a");
    index.began(SPACE, "a");
    index.vanished(SPACE, "a");
    index.ended(SPACE, "a");

    index.answered(SPACE, mirrored("a", "prod", "12"));

    assertThat(index.find(SPACE, "a")).isNull();
  }

  @Test
  void believesTheWatchAfterADeletionOfWhatItHadNotShown() {
    index.answered(SPACE, mirrored("a", "prod", "12"));
    index.removed(SPACE, "a");

    index.observed(SPACE, mirrored("a", "prod", "7"));

    assertThat(index.find(SPACE, "a").resourceVersion()).isEqualTo("7");
  }

  @Test
  void forgetsWhatIsGoneEverywhere() {
    index.observed(SPACE, mirrored("a", "prod", "1"));
    index.observed(SPACE, mirrored("b", "prod", "2"));

    index.removed(SPACE, "a");

    assertThat(index.find(SPACE, "a")).isNull();
    assertThat(index.claimedBy(SPACE, "prod")).containsExactly(mirrored("b", "prod", "2"));
    assertThat(index.size()).isEqualTo(1);
  }

  @Test
  void forgettingWhatItNeverHadChangesNothing() {
    index.observed(SPACE, mirrored("a", "prod", "1"));

    index.removed(SPACE, "b");
    index.vanished("other", "a");

    assertThat(index.find(SPACE, "a")).isNotNull();
    assertThat(index.size()).isEqualTo(1);
  }

  @Test
  void keepsNothingOfANamespaceWhoseLastServiceIsGone() {
    index.began(SPACE, "a");
    index.answered(SPACE, mirrored("a", "prod", "1"));
    index.ended(SPACE, "a");

    index.removed(SPACE, "a");

    assertThat(index.isEmpty()).isTrue();
  }

  @Test
  void remembersWhatVanishedFromAnEmptyNamespaceWhileARequestIsUnderWay() {
    index.observed(SPACE, mirrored("a", "prod", "1"));
    index.began(SPACE, "a");
    index.vanished(SPACE, "a");

    index.answered(SPACE, mirrored("a", "prod", "2"));

    assertThat(index.find(SPACE, "a")).isNull();
    index.ended(SPACE, "a");
    assertThat(index.isEmpty()).isTrue();
  }

  @Test
  void movesWhatChangesItsProject() {
    index.observed(SPACE, mirrored("a", "prod", "1"));

    index.observed(SPACE, mirrored("a", "other", "2"));

    assertThat(index.claimedBy(SPACE, "prod")).isEmpty();
    assertThat(index.claimedBy(SPACE, "other")).containsExactly(mirrored("a", "other", "2"));
  }

  @Property(tries = 30)
  void writersAndWatchLeaveOneConsistentView(@ForAll long seed)
      throws InterruptedException, ExecutionException {
    MirrorIndex shared = new MirrorIndex();
    runAtOnce(thread -> disturb(shared, new Random(seed + thread)));

    Map<String, MirroredService> byName = new TreeMap<>();
    shared.map((namespace, service) -> byName.put(service.name(), service)).toList();
    Map<String, MirroredService> byClaimant = new TreeMap<>();
    for (int project = 0; project < 3; project++) {
      String claimant = "p" + project;
      for (MirroredService service : shared.claimedBy(SPACE, claimant)) {
        assertThat(service.claimant()).isEqualTo(claimant);
        assertThat(byClaimant.put(service.name(), service)).isNull();
      }
    }
    assertThat(byClaimant).isEqualTo(byName);
    byName.keySet().forEach(name -> shared.removed(SPACE, name));
    assertThat(shared.isEmpty()).isTrue();
  }

  @Test
  void losesNothingWhereANamespaceIsEmptiedAndFilledAtOnce()
      throws InterruptedException, ExecutionException {
    runAtOnce(thread -> comeAndGo(index, "s" + thread));

    assertThat(index.isEmpty()).isTrue();
  }

  private static void comeAndGo(MirrorIndex index, String name) {
    for (int step = 0; step < 5_000; step++) {
      index.observed(SPACE, mirrored(name, "prod", String.valueOf(step)));
      assertThat(index.find(SPACE, name)).isNotNull();
      index.vanished(SPACE, name);
      assertThat(index.find(SPACE, name)).isNull();
    }
  }

  private static void runAtOnce(IntConsumer task) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int thread = i;
        ends.add(threads.submit(() -> task.accept(thread)));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void disturb(MirrorIndex index, Random random) {
    for (int step = 0; step < 500; step++) {
      String name = "s" + random.nextInt(4);
      MirroredService service =
          mirrored(name, "p" + random.nextInt(3), String.valueOf(random.nextInt(1000)));
      switch (random.nextInt(4)) {
        case 0 -> index.observed(SPACE, service);
        case 1 -> index.removed(SPACE, name);
        case 2 -> index.vanished(SPACE, name);
        default -> {
          index.began(SPACE, name);
          index.answered(SPACE, service);
          index.ended(SPACE, name);
        }
      }
    }
  }
}
