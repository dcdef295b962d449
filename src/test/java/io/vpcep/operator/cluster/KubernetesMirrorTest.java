package io.vpcep.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.mockwebserver.http.MockResponse;
import io.vpcep.operator.sync.EndpointServiceBuilder;
import io.vpcep.operator.sync.MirroredService;
import io.vpcep.operator.sync.ProjectIdentity;
import io.vpcep.operator.sync.ServiceMapper;
import io.vpcep.operator.sync.Write;
import io.vpcep.operator.sync.WriteReport;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KubernetesMirrorTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final ProjectIdentity PROD = new ProjectIdentity("network", "prod", "u-prod");

  private final MockApi api = new MockApi();
  private KubernetesMirror mirror = mirror();

  private KubernetesMirror mirror(String... namespaces) {
    return new KubernetesMirror(api.client(), List.of(namespaces), (verb, result) -> {}, () -> NOW);
  }

  private void watch(String... namespaces) {
    mirror.close();
    mirror = mirror(namespaces);
    mirror.start();
    await().until(mirror::isComplete);
  }

  @AfterEach
  void stop() {
    mirror.close();
    api.close();
  }

  private static boolean isList(String line) {
    return line.startsWith("GET ") && !line.contains("watch=true");
  }

  private static Write create(String name) {
    var resource =
        ServiceMapper.detached(EndpointServiceBuilder.available(name).build(), "prod", NOW);
    resource.getMetadata().setNamespace("network");
    return new Write.Create(resource);
  }

  @Test
  void isCompleteOnceTheListWasRead() {
    api.create("network", "a", "{connectionCount: 1}");
    CountDownLatch listed = new CountDownLatch(1);
    api.front(
        line -> {
          if (isList(line)) {
            awaitQuietly(listed);
          }
          return null;
        });

    mirror.start();
    boolean completeBefore = mirror.isComplete();
    listed.countDown();

    await().until(mirror::isComplete);
    assertThat(completeBefore).isFalse();
    assertThat(mirror.find("network", "a")).isPresent();
  }

  @Test
  void keepsTryingUntilTheListSucceeds() {
    api.create("network", "a", "{}");
    api.front(line -> isList(line) ? MockApi.refusal(403, "may not list") : null);
    mirror.start();
    await().until(() -> api.requests().stream().filter(KubernetesMirrorTest::isList).count() > 2);
    boolean completeBefore = mirror.isComplete();
    boolean runningBefore = mirror.isRunning();

    api.front(line -> null);

    await().until(mirror::isComplete);
    assertThat(completeBefore).isFalse();
    assertThat(runningBefore).isTrue();
    assertThat(mirror.find("network", "a")).isPresent();
  }

  @Test
  void followsWhatOthersDo() {
    watch();

    api.create("network", "a", "{connectionCount: 1}");
    await().until(() -> connections("a") == 1);
    var present = api.present("network", "a");
    present.setStatus(
        ServiceMapper.detached(
                EndpointServiceBuilder.available("a").connectionCount(7L).build(), "prod", NOW)
            .getStatus());
    api.client().resource(present).updateStatus();
    await().until(() -> connections("a") == 7);
    assertThat(mirror.ownedBy(PROD)).extracting(MirroredService::name).containsExactly("a");
    api.delete("network", "a");
    await().until(() -> mirror.find("network", "a").isEmpty());

    assertThat(mirror.ownedBy(PROD)).isEmpty();
  }

  @Test
  void watchesOnThroughWhatDoesNotDecode() {
    watch();

    api.create("network", "odd", "{connectionCount: 1e40, conditions: nonsense}");
    api.create("network", "even", "{connectionCount: 2}");

    await().until(() -> connections("even") == 2);
    assertThat(mirror.find("network", "odd")).isPresent();
    assertThat(mirror.isRunning()).isTrue();
  }

  @Test
  void watchesTheGivenNamespacesAndNoOther() {
    api.create("red", "a", "{}");
    api.create("blue", "b", "{}");
    api.create("green", "c", "{}");

    watch("red", "blue");

    assertThat(mirror.find("red", "a")).isPresent();
    assertThat(mirror.find("blue", "b")).isPresent();
    assertThat(mirror.find("green", "c")).isEmpty();
  }

  @Test
  void showsItsOwnWritesBeforeTheWatchDoes() throws InterruptedException {
    WriteReport report = mirror.apply(PROD, List.of(create("a"), create("b")));

    assertThat(report.created()).isEqualTo(2);
    assertThat(mirror.ownedBy(PROD))
        .extracting(MirroredService::name)
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void oneRefusalDoesNotStopTheOthers() throws InterruptedException {
    api.front(
        line ->
            line.startsWith("PUT ") && line.contains("/s3/")
                ? MockApi.refusal(413, "too large")
                : null);

    WriteReport report =
        mirror.apply(PROD, IntStream.range(0, 20).mapToObj(i -> create("s" + i)).toList());

    assertThat(report.created()).isEqualTo(19);
    assertThat(report.failures()).containsExactly(new WriteReport.Failure("s3", "413 too large"));
  }

  @Test
  void leavesTheRestOfALargePlanWhenNobodyAnswers() throws InterruptedException {
    api.fallSilent();

    WriteReport report =
        mirror.apply(PROD, IntStream.range(0, 10_000).mapToObj(i -> create("s" + i)).toList());

    assertThat(report.changedAnything()).isFalse();
    assertThat(report.failures()).hasSize(10_000);
    assertThat(report.failures())
        .filteredOn(failure -> !failure.problem().startsWith("not tried"))
        .hasSizeBetween(16, 24);
  }

  @Test
  void writesNothingForAnEmptyPlan() throws InterruptedException {
    api.front(line -> new MockResponse().setResponseCode(500));

    assertThat(mirror.apply(PROD, List.of())).isEqualTo(WriteReport.NOTHING);
  }

  @Test
  void stopsWatchingWhenClosed() {
    watch();

    mirror.close();

    assertThat(mirror.isRunning()).isFalse();
  }

  private long connections(String name) {
    return mirror.find("network", name).map(MirroredService::connections).orElse(-1L);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
