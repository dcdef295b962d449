package io.vpcep.operator.cluster;

import static io.vpcep.operator.cluster.Services.NOW;
import static io.vpcep.operator.cluster.Services.PROD;
import static io.vpcep.operator.cluster.Services.mirrored;
import static io.vpcep.operator.cluster.Services.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.MirroredService;
import io.vpcep.operator.sync.ServicePhase;
import io.vpcep.operator.sync.Write;
import io.vpcep.operator.sync.WriteReport;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What somebody else's finalizer keeps after its deletion, against an API server in memory. */
@Timeout(60)
class MirrorTerminatingTest {
  private FakeKubernetes kubernetes;
  private KubernetesMirror mirror;

  @BeforeEach
  void start() throws IOException {
    kubernetes = new FakeKubernetes();
    mirror =
        new KubernetesMirror(
            ClusterAccess.to(kubernetes.client().getConfiguration()),
            List.of(),
            (verb, result) -> {},
            () -> NOW);
    mirror.start();
    VpcEndpointService held = wanted(PROD, "a");
    held.getMetadata().setFinalizers(List.of("example.org/keep"));
    VpcEndpointService present = kubernetes.hold(held);
    await().until(() -> mirror.find("network", "a").filter(mirrored(present)::equals).isPresent());
  }

  @AfterEach
  void stop() {
    mirror.close();
    kubernetes.close();
  }

  private WriteReport prune() throws InterruptedException {
    String version = mirror.find("network", "a").orElseThrow().resourceVersion();
    return mirror.apply(PROD, List.of(new Write.Prune("a", version)));
  }

  private void awaitTerminating() {
    await()
        .until(() -> mirror.find("network", "a").map(MirroredService::terminating).orElse(false));
  }

  @Test
  void staysInTheIndexAsTerminating() throws InterruptedException {
    WriteReport report = prune();

    awaitTerminating();
    assertThat(report.pruned()).isEqualTo(1);
    assertThat(kubernetes.present("network", "a").isMarkedForDeletion()).isTrue();
    assertThat(mirror.ownedBy(PROD)).hasSize(1);
  }

  @Test
  void isNeitherCreatedNorRepairedNorMarkedWhatEverWasPlanned() throws InterruptedException {
    prune();
    awaitTerminating();
    VpcEndpointService terminating = kubernetes.present("network", "a");
    VpcEndpointService changed = wanted(PROD, "a");
    changed.getMetadata().getLabels().put("vpcep.io/vpc-id", "another");

    WriteReport report =
        mirror.apply(
            PROD,
            List.of(
                Services.create(changed),
                Services.repair(changed),
                new Write.Mark("a", ServicePhase.NOT_FOUND)));

    assertThat(report).isEqualTo(new WriteReport(0, 0, 0, 3, List.of(), List.of()));
    assertThat(kubernetes.present("network", "a")).isEqualTo(terminating);
  }

  @Test
  void isCreatedAnewOnceTheFinalizerIsGone() throws InterruptedException {
    prune();
    awaitTerminating();
    String uid = kubernetes.present("network", "a").getMetadata().getUid();
    kubernetes
        .client()
        .resources(VpcEndpointService.class)
        .inNamespace("network")
        .withName("a")
        .edit(
            service -> {
              service.getMetadata().setFinalizers(List.of());
              return service;
            });
    await().until(() -> mirror.find("network", "a").isEmpty());

    WriteReport report = mirror.apply(PROD, List.of(Services.create(wanted(PROD, "a"))));

    assertThat(report.created()).isEqualTo(1);
    assertThat(kubernetes.present("network", "a").getMetadata().getUid()).isNotEqualTo(uid);
    assertThat(mirror.find("network", "a").orElseThrow().terminating()).isFalse();
  }
}
