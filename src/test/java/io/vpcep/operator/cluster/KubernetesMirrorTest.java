package io.vpcep.operator.cluster;

import static io.vpcep.operator.cluster.FakeKubernetes.refusal;
import static io.vpcep.operator.cluster.Services.NOW;
import static io.vpcep.operator.cluster.Services.PROD;
import static io.vpcep.operator.cluster.Services.mirrored;
import static io.vpcep.operator.cluster.Services.status;
import static io.vpcep.operator.cluster.Services.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.mockwebserver.http.MockResponse;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.MirroredService;
import io.vpcep.operator.sync.ProjectIdentity;
import io.vpcep.operator.sync.WriteReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KubernetesMirrorTest {
  private static final ProjectIdentity LAB = new ProjectIdentity("lab", "prod", "uid-lab");
  private static final ProjectIdentity HIDDEN = new ProjectIdentity("hidden", "prod", "uid-h");
  private FakeKubernetes kubernetes;
  private KubernetesMirror mirror;

  @BeforeEach
  void start() throws IOException {
    kubernetes = new FakeKubernetes();
    mirror = mirror(List.of());
  }

  @AfterEach
  void stop() {
    mirror.close();
    kubernetes.close();
  }

  @Test
  void isIncompleteBeforeItWasStarted() {
    assertThat(mirror.isComplete()).isFalse();
    assertThat(mirror.find("network", "a")).isEmpty();
    assertThat(mirror.ownedBy(PROD)).isEmpty();
  }

  @Test
  void isIncompleteUntilTheListSucceeds() {
    VpcEndpointService service = kubernetes.hold(wanted(PROD, "a"));
    AtomicBoolean granted = new AtomicBoolean();
    AtomicInteger refused = new AtomicInteger();
    kubernetes.hook((method, path) -> granted.get() ? null : refuse(refused));
    mirror.start();
    await().until(() -> refused.get() > 0);
    boolean completeTooEarly = mirror.isComplete();

    granted.set(true);

    await().until(mirror::isComplete);
    assertThat(completeTooEarly).isFalse();
    assertThat(mirror.isRunning()).isTrue();
    assertThat(mirror.find("network", "a")).contains(mirrored(service));
  }

  @Test
  void showsWhatOthersCreateEditAndDelete() {
    mirror.start();
    await().until(mirror::isComplete);

    VpcEndpointService created = kubernetes.hold(wanted(PROD, "a"));
    await().until(() -> shows("a", mirrored(created)));
    created.setStatus(status("edited"));
    VpcEndpointService edited = kubernetes.client().resource(created).updateStatus();
    await().until(() -> shows("a", mirrored(edited)));
    assertThat(mirror.ownedBy(PROD)).containsExactly(mirrored(edited));
    kubernetes.client().resource(edited).delete();

    await().until(() -> mirror.find("network", "a").isEmpty());
    assertThat(mirror.ownedBy(PROD)).isEmpty();
  }

  @Test
  void showsItsOwnWritesAtOnce() throws InterruptedException {
    WriteReport report = mirror.apply(PROD, List.of(Services.create(wanted(PROD, "a"))));

    assertThat(report.created()).isEqualTo(1);
    assertThat(mirror.find("network", "a")).contains(mirrored(kubernetes.present("network", "a")));
  }

  @Test
  void asksNothingForAnEmptyPlan() throws InterruptedException {
    WriteReport report = mirror.apply(PROD, List.of());

    assertThat(report).isEqualTo(WriteReport.NOTHING);
    assertThat(kubernetes.requests()).isEmpty();
  }

  @Test
  void goesOnWatchingPastWhatDoesNotDecode() {
    kubernetes.hold(
        """
        apiVersion: vpcep.io/v1alpha1
        kind: VpcEndpointService
        metadata: {name: broken, namespace: network}
        spec: [1, 2]
        """);
    mirror.start();
    await().until(mirror::isComplete);

    VpcEndpointService created = kubernetes.hold(wanted(PROD, "a"));

    await().until(() -> shows("a", mirrored(created)));
    assertThat(mirror.find("network", "broken")).isPresent();
  }

  @Test
  void watchesTheNamedNamespacesAlone() {
    kubernetes.hold(wanted(PROD, "a"));
    kubernetes.hold(wanted(LAB, "a"));
    kubernetes.hold(wanted(HIDDEN, "a"));
    try (KubernetesMirror two = mirror(List.of("network", "lab"))) {
      two.start();

      await().until(two::isComplete);

      assertThat(two.find("network", "a")).isPresent();
      assertThat(two.ownedBy(LAB)).hasSize(1);
      assertThat(two.find("hidden", "a")).isEmpty();
    }
  }

  @Test
  void isIncompleteWhileOneOfTheNamespacesIs() {
    kubernetes.hold(wanted(PROD, "a"));
    AtomicInteger refused = new AtomicInteger();
    kubernetes.hook((method, path) -> path.contains("/lab/") ? refuse(refused) : null);
    try (KubernetesMirror two = mirror(List.of("network", "lab"))) {
      two.start();

      await().until(() -> two.find("network", "a").isPresent() && refused.get() > 0);

      assertThat(two.isComplete()).isFalse();
      assertThat(two.isRunning()).isTrue();
    }
  }

  @Test
  void stopsWatchingWhenItIsClosed() {
    mirror.start();
    await().until(mirror::isComplete);

    mirror.close();

    assertThat(mirror.isRunning()).isFalse();
  }

  private static MockResponse refuse(AtomicInteger refused) {
    refused.incrementAndGet();
    return refusal(403, "may not list");
  }

  private boolean shows(String name, MirroredService service) {
    return mirror.find("network", name).equals(Optional.of(service));
  }

  private KubernetesMirror mirror(List<String> namespaces) {
    return new KubernetesMirror(
        ClusterAccess.to(kubernetes.client().getConfiguration()),
        namespaces,
        (verb, result) -> {},
        () -> NOW);
  }
}
