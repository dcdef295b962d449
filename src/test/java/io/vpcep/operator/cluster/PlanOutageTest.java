package io.vpcep.operator.cluster;

import static io.vpcep.operator.cluster.FakeKubernetes.refusal;
import static io.vpcep.operator.cluster.Services.NOW;
import static io.vpcep.operator.cluster.Services.PROD;
import static io.vpcep.operator.cluster.Services.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.ProjectIdentity;
import io.vpcep.operator.sync.Write;
import io.vpcep.operator.sync.WriteReport;
import io.vpcep.operator.sync.WriteReport.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlanOutageTest {
  private final List<String> observed = new CopyOnWriteArrayList<>();
  private FakeKubernetes kubernetes;
  private PlanApplier applier;

  @BeforeEach
  void start() throws IOException {
    kubernetes = new FakeKubernetes();
    applier = applier((verb, result) -> observed.add(verb + " " + result));
  }

  @AfterEach
  void stop() {
    applier.close();
    kubernetes.close();
  }

  @Test
  void oneFailingWriteDoesNotStopTheOthers() throws InterruptedException {
    kubernetes.hook((method, path) -> path.endsWith("/s3/status") ? refusal(500, "broken") : null);

    WriteReport report = applier.apply(PROD, creations(PROD, 20));

    assertThat(report.created()).isEqualTo(19);
    assertThat(report.failures()).containsExactly(new Failure("s3", "500 broken"));
  }

  @Test
  void aDefectInOneWriteDoesNotStopTheOthers() throws InterruptedException {
    List<Write> writes = new ArrayList<>(creations(PROD, 5));
    VpcEndpointService defect = wanted(PROD, "defect");
    defect.setStatus(null);
    writes.add(2, Services.create(defect));

    WriteReport report = applier.apply(PROD, writes);

    assertThat(report.created()).isEqualTo(5);
    assertThat(report.failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.name()).isEqualTo("defect");
              assertThat(failure.problem()).startsWith("unexpected java.lang.NullPointerException");
            });
  }

  @Test
  void doesNotTryTheRestOnceTheServerGivesNoAnswer() throws InterruptedException {
    kubernetes.stop();

    WriteReport report = applier.apply(PROD, creations(PROD, 1000));

    assertThat(report.created()).isZero();
    assertThat(report.failures()).extracting(Failure::name).doesNotHaveDuplicates().hasSize(1000);
    assertThat(observed).hasSizeBetween(8, 16).containsOnly("create error");
    assertThat(report.failures())
        .extracting(Failure::problem)
        .filteredOn(
            "not tried, since the Kubernetes API gave no answer to 8 writes in a row"::equals)
        .hasSize(1000 - observed.size());
  }

  @Test
  void triesEveryWriteThatTheServerRefuses() throws InterruptedException {
    kubernetes.hook((method, path) -> refusal(422, "invalid"));

    WriteReport report = applier.apply(PROD, creations(PROD, 50));

    assertThat(report.failures())
        .hasSize(50)
        .extracting(Failure::problem)
        .containsOnly("422 invalid");
    assertThat(observed).hasSize(50);
  }

  @Test
  void triesAgainInTheNextPlanAfterAnOutage() throws InterruptedException {
    AtomicInteger broken = new AtomicInteger();
    PlanApplier unreachable =
        new PlanApplier(
            unreachableWriter(),
            new ApiServerPace(System::nanoTime),
            (verb, result) -> broken.incrementAndGet());
    try (unreachable) {
      unreachable.apply(PROD, creations(PROD, 100));
      int before = broken.get();

      WriteReport second = unreachable.apply(PROD, creations(PROD, 4));

      assertThat(second.failures()).hasSize(4);
      assertThat(broken.get() - before).isEqualTo(4);
    }
  }

  private PlanApplier applier(WriteObserver observer) {
    return new PlanApplier(
        writer(kubernetes.client()), new ApiServerPace(System::nanoTime), observer);
  }

  private static MirrorWriter writer(KubernetesClient client) {
    ResourceReader reader = new ResourceReader(client.getKubernetesSerialization());
    return new MirrorWriter(client, new MirrorIndex(), reader, () -> NOW);
  }

  private MirrorWriter unreachableWriter() {
    kubernetes.stop();
    return writer(kubernetes.client());
  }

  private static List<Write> creations(ProjectIdentity project, int count) {
    return IntStream.range(0, count)
        .<Write>mapToObj(number -> Services.create(wanted(project, name(project, number))))
        .toList();
  }

  /** s0, s1 and so on; of another project: other0, other1. */
  private static String name(ProjectIdentity project, int number) {
    return (project.equals(PROD) ? "s" : project.name()) + number;
  }
}
