package io.vpcep.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KubernetesEventsTest {
  private final MockCluster cluster = new MockCluster();
  private final KubernetesEvents events =
      new KubernetesEvents(cluster.client(), new VirtualClock(), "pod-1");

  @AfterEach
  void stop() {
    events.close();
    cluster.close();
  }

  private static VpcEndpointProject project(String name) {
    VpcEndpointProject project = new VpcEndpointProject();
    project.setMetadata(
        new ObjectMetaBuilder().withNamespace("network").withName(name).withUid("u-1").build());
    return project;
  }

  private List<Event> recorded() {
    return cluster.client().v1().events().inNamespace("network").list().getItems();
  }

  private Event awaitOne() {
    await().pollInterval(Duration.ofMillis(5)).until(() -> !recorded().isEmpty());
    return recorded().get(0);
  }

  @Test
  void recordsWhatHappenedToWhom() {
    events.warning(project("prod"), "Throttled", "429 (request id 1)");

    Event event = awaitOne();
    assertThat(event.getType()).isEqualTo("Warning");
    assertThat(event.getReason()).isEqualTo("Throttled");
    assertThat(event.getMessage()).isEqualTo("429 (request id 1)");
    assertThat(event.getInvolvedObject().getApiVersion()).isEqualTo("vpcep.io/v1alpha1");
    assertThat(event.getInvolvedObject().getKind()).isEqualTo("VpcEndpointProject");
    assertThat(event.getInvolvedObject().getNamespace()).isEqualTo("network");
    assertThat(event.getInvolvedObject().getName()).isEqualTo("prod");
    assertThat(event.getInvolvedObject().getUid()).isEqualTo("u-1");
    assertThat(event.getFirstTimestamp()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(event.getLastTimestamp()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(event.getCount()).isEqualTo(1);
    assertThat(event.getReportingComponent()).isEqualTo("vpcep-operator");
    assertThat(event.getReportingInstance()).isEqualTo("pod-1");
    assertThat(event.getSource().getComponent()).isEqualTo("vpcep-operator");
  }

  @Test
  void recordsNormalEventsAsSuch() {
    events.normal(project("prod"), "Synced", "Created 1.");

    assertThat(awaitOne().getType()).isEqualTo("Normal");
  }

  @Test
  void looksUpTheUidOfAService() {
    VpcEndpointService service = new VpcEndpointService();
    service.setMetadata(new ObjectMetaBuilder().withNamespace("network").withName("s-1").build());
    String uid = cluster.client().resource(service).create().getMetadata().getUid();

    events.warning(service, "ServiceFailed", "It failed.");

    assertThat(uid).isNotNull();
    assertThat(awaitOne().getInvolvedObject().getUid()).isEqualTo(uid);
  }

  @Test
  void namesEventsOfTheSameMomentDifferently() {
    events.normal(project("prod"), "Synced", "one");
    events.normal(project("prod"), "Synced", "two");

    await().pollInterval(Duration.ofMillis(5)).until(() -> recorded().size() == 2);
    assertThat(recorded())
        .extracting(event -> event.getMetadata().getName())
        .doesNotHaveDuplicates()
        .allMatch(name -> name.startsWith("prod."));
  }

  @Test
  void givesEventsOfLongNamesValidNames() {
    String name = "a".repeat(219) + "-.b".repeat(11);

    events.normal(project(name), "Synced", "Created 1.");

    assertThat(awaitOne().getMetadata().getName())
        .hasSizeLessThanOrEqualTo(253)
        .matches("a{219}\\.[0-9a-f]+");
    assertThat(recorded().get(0).getInvolvedObject().getName()).isEqualTo(name);
  }

  @Test
  void cutsLongMessages() {
    events.normal(project("prod"), "Synced", "x".repeat(5000));

    assertThat(awaitOne().getMessage()).hasSize(1024);
  }

  @Test
  void dropsWhatTheClusterRefuses() {
    cluster.failOn(line -> line.contains("/events"));
    events.normal(project("prod"), "Synced", "lost");
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> cluster.count(line -> line.startsWith("POST ") && line.contains("/events")) == 1);
    cluster.failNothing();

    events.normal(project("prod"), "Synced", "kept");

    assertThat(awaitOne().getMessage()).isEqualTo("kept");
    assertThat(recorded()).hasSize(1);
  }

  @Test
  @Timeout(10)
  void doesNotWaitForAClusterThatHangs() {
    CountDownLatch hanging = new CountDownLatch(1);
    cluster.failOn(line -> line.startsWith("POST ") && isOver(hanging));

    for (int i = 0; i < 5000; i++) {
      events.normal(project("prod"), "Synced", "Created 1.");
    }

    assertThat(cluster.count(line -> line.startsWith("POST ") && line.contains("/events")))
        .isLessThanOrEqualTo(1);
    events.close();
    hanging.countDown();
  }

  private static boolean isOver(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Test
  void dropsWhatComesAfterTheEnd() {
    events.close();

    assertThatCode(() -> events.normal(project("prod"), "Synced", Instant.EPOCH.toString()))
        .doesNotThrowAnyException();
  }
}
