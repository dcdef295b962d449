package io.vpcep.operator.cluster;

import static io.vpcep.operator.cluster.FakeKubernetes.refusal;
import static io.vpcep.operator.cluster.Services.NOW;
import static io.vpcep.operator.cluster.Services.PROD;
import static io.vpcep.operator.cluster.Services.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.mockwebserver.http.MockResponse;
import io.vpcep.operator.sync.Write;
import io.vpcep.operator.sync.WriteReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private final List<String> observed = new CopyOnWriteArrayList<>();
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
            (verb, result) -> observed.add(verb + " " + result),
            () -> NOW);
  }

  @AfterEach
  void stop() {
    mirror.close();
    kubernetes.close();
  }

  private static List<Write> creations(int count) {
    return IntStream.range(0, count).mapToObj(i -> Services.create(wanted(PROD, "s" + i))).toList();
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

    WriteReport report = mirror.apply(PROD, creations(1));

    assertThat(report.created()).isEqualTo(1);
    assertThat(Duration.ofNanos(arrivals.get(1) - arrivals.get(0)))
        .isBetween(Duration.ofMillis(1990), Duration.ofSeconds(20));
    assertThat(observed).containsExactly("create busy", "create ok");
  }

  @Test
  void holdsEveryWriterBackAndLosesNothing() throws InterruptedException {
    refuses(8, refusal(429, "too many requests").setHeader("Retry-After", "1"));

    WriteReport report = mirror.apply(PROD, creations(100));

    assertThat(report.created()).isEqualTo(100);
    assertThat(report.failures()).isEmpty();
    // What was under way when the first 429 came, and nothing else, came before a second was over.
    long first = arrivals.get(0);
    assertThat(arrivals).filteredOn(at -> at - first < 900_000_000L).hasSizeLessThanOrEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503})
  void triesAWriteAgainThatMetAnError(int code) throws InterruptedException {
    refuses(1, refusal(code, "etcdserver: leader changed"));

    WriteReport report = mirror.apply(PROD, creations(1));

    assertThat(report.created()).isEqualTo(1);
  }

  @Test
  void givesUpAfterThreeTriesAndSaysWhatTheServerSaid() throws InterruptedException {
    refuses(Integer.MAX_VALUE, refusal(429, "too many requests").setHeader("Retry-After", "0"));

    WriteReport report = mirror.apply(PROD, creations(1));

    assertThat(report.failures())
        .containsExactly(new WriteReport.Failure("s0", "429 too many requests"));
    assertThat(observed).containsExactly("create busy", "create busy", "create error");
  }
}
