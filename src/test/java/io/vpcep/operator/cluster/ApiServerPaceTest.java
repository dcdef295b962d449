package io.vpcep.operator.cluster;

import static io.vpcep.operator.cluster.FakeKubernetes.refusal;
import static io.vpcep.operator.cluster.Services.NOW;
import static io.vpcep.operator.cluster.Services.PROD;
import static io.vpcep.operator.cluster.Services.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.mockwebserver.http.MockResponse;
import io.vpcep.operator.sync.ProjectIdentity;
import io.vpcep.operator.sync.Write;
import io.vpcep.operator.sync.WriteReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the writers do while the Kubernetes API has too much to do. */
@Timeout(60)
class ApiServerPaceTest {
  private static final ProjectIdentity ELSEWHERE =
      new ProjectIdentity("elsewhere", "prod", "uid-elsewhere");

  private final List<String> observed = new CopyOnWriteArrayList<>();
  private final Semaphore triedAgain = new Semaphore(0);
  private final AtomicInteger refused = new AtomicInteger();
  private final List<Long> arrivals = new CopyOnWriteArrayList<>();
  private FakeKubernetes kubernetes;
  private KubernetesMirror mirror;

  @BeforeEach
  void start() throws IOException {
    kubernetes = new FakeKubernetes();
    mirror =
        new KubernetesMirror(
            ClusterAccess.to(kubernetes.client().getConfiguration()),
            List.of(),
            this::observe,
            () -> NOW);
  }

  @AfterEach
  void stop() {
    mirror.close();
    kubernetes.close();
  }

  private void observe(String verb, String result) {
    observed.add(verb + " " + result);
    if (result.equals("busy")) {
      triedAgain.release();
    }
  }

  private static List<Write> creations(ProjectIdentity project, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Services.create(wanted(project, "s" + i)))
        .toList();
  }

  /** Answers so many creations with this, and notes when each creation came. */
  private void refuses(int times, MockResponse answer) {
    kubernetes.hook(
        (method, path) -> {
          if (!method.equals("POST")) {
            return null;
          }
          arrivals.add(System.nanoTime());
          return refused.getAndIncrement() < times ? answer : null;
        });
  }

  @Test
  void comesBackAfterTheTimeThatTheServerNames() throws InterruptedException {
    refuses(1, refusal(429, "too many requests").setHeader("Retry-After", "2"));

    WriteReport report = mirror.apply(PROD, creations(PROD, 1));

    assertThat(report.created()).isEqualTo(1);
    assertThat(Duration.ofNanos(arrivals.get(1) - arrivals.get(0)))
        .isBetween(Duration.ofMillis(1990), Duration.ofSeconds(20));
    assertThat(observed).containsExactly("create busy", "create ok");
  }

  @Test
  void holdsEveryWriterOfThePlanBackAndLosesNothing() throws InterruptedException {
    refuses(8, refusal(429, "too many requests").setHeader("Retry-After", "1"));

    WriteReport report = mirror.apply(PROD, creations(PROD, 100));

    assertThat(report.created()).isEqualTo(100);
    assertThat(report.failures()).isEmpty();
    // What was under way when the first 429 came, and nothing else, came before a second was over.
    long first = arrivals.get(0);
    assertThat(arrivals).filteredOn(at -> at - first < 900_000_000L).hasSizeLessThanOrEqualTo(8);
  }

  /** Answers the first creation in each of these namespaces with a long Retry-After. */
  private void refuseFirstIn(String... namespaces) {
    Set<String> left = ConcurrentHashMap.newKeySet();
    left.addAll(List.of(namespaces));
    kubernetes.hook(
        (method, path) ->
            method.equals("POST") && left.removeIf(name -> path.contains("/" + name + "/"))
                ? refusal(429, "too many requests").setHeader("Retry-After", "2")
                : null);
  }

  private CompletableFuture<Long> creates(ProjectIdentity project) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            assertThat(mirror.apply(project, creations(project, 1)).created()).isEqualTo(1);
            return System.nanoTime();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void holdsOneNamespaceBackWhereOnlyThatIsRefused() throws Exception {
    refuseFirstIn("network");
    CompletableFuture<Long> refused = creates(PROD);
    triedAgain.acquire();

    assertThat(creates(ELSEWHERE).get()).isLessThan(refused.get());
  }

  @Test
  void holdsAllBackOnceASecondNamespaceIsRefused() throws Exception {
    refuseFirstIn("network", "second");
    creates(PROD);
    triedAgain.acquire();
    long beforeTheSecond = System.nanoTime();
    creates(new ProjectIdentity("second", "prod", "uid-2"));
    triedAgain.acquire();

    long created = creates(ELSEWHERE).get();

    assertThat(Duration.ofNanos(created - beforeTheSecond)).isGreaterThan(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503})
  void triesAWriteAgainThatMetAnError(int code) throws InterruptedException {
    refuses(1, refusal(code, "etcdserver: leader changed"));

    WriteReport report = mirror.apply(PROD, creations(PROD, 1));

    assertThat(report.created()).isEqualTo(1);
  }

  @Test
  void givesUpAfterThreeTriesAndSaysWhatTheServerSaid() throws InterruptedException {
    refuses(Integer.MAX_VALUE, refusal(429, "too many requests").setHeader("Retry-After", "0"));

    WriteReport report = mirror.apply(PROD, creations(PROD, 1));

    assertThat(report.failures())
        .containsExactly(new WriteReport.Failure("s0", "429 too many requests"));
    assertThat(observed).containsExactly("create busy", "create busy", "create error");
  }
}
