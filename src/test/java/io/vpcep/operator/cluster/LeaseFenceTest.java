package io.vpcep.operator.cluster;

import static io.vpcep.operator.cluster.Services.NOW;
import static io.vpcep.operator.cluster.Services.PROD;
import static io.vpcep.operator.cluster.Services.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.WebSocketUpgradeResponse;
import io.vpcep.operator.sync.WriteReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is let out when a Lease was renewed, or was not. */
class LeaseFenceTest {
  private static final String CLUSTER = "https://kubernetes/k8s/clusters/c-1";
  private static final String LEASE =
      CLUSTER + "/apis/coordination.k8s.io/v1/namespaces/vpcep/leases/vpcep-operator";
  private static final String SERVICE =
      CLUSTER + "/apis/vpcep.io/v1alpha1/namespaces/leases/vpcendpointservices/a";

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final LeaseFence fence = new LeaseFence(nanos::get);

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private HttpRequest sends(String method, String url) {
    HttpRequest request =
        new StandardHttpRequest.Builder().uri(url).method(method, "application/json", "{}").build();
    fence.before(null, request, null);
    return request;
  }

  private void gets(String method, String url, int code) {
    HttpRequest request = sends(method, url);
    fence.after(request, new WebSocketUpgradeResponse(request, code), null);
  }

  /** As the election does it: looks first. */
  private void renews() {
    gets("GET", LEASE, 200);
    gets("PUT", LEASE, 200);
  }

  private void assertFenced() {
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      assertThatThrownBy(() -> sends(method, SERVICE))
          .isInstanceOf(KubernetesClientException.class)
          .hasRootCauseMessage("not asked, since the Lease was not renewed for 10 s");
    }
  }

  @Test
  void letsEverythingOutWithoutAnElection() {
    passes(Duration.ofDays(1));

    assertThat(sends("PUT", SERVICE)).isNotNull();
  }

  @Test
  void letsWritesOutAsLongAsTheLeaseIsRenewed() {
    for (int i = 0; i < 20; i++) {
      renews();
      passes(LeaseFence.TERM.minusNanos(1));

      assertThat(sends("PUT", SERVICE)).isNotNull();
    }
  }

  @Test
  void holdsWritesBackOnceTheLeaseMayBeAnothers() {
    renews();

    passes(LeaseFence.TERM);

    assertFenced();
  }

  @Test
  void countsFromWhenTheLeaseWasLookedAt() {
    gets("GET", LEASE, 200);
    passes(Duration.ofSeconds(9));
    gets("PUT", LEASE, 200);

    passes(Duration.ofSeconds(1));

    assertFenced();
  }

  @Test
  void lookingAtTheLeaseIsNoRenewal() {
    renews();
    passes(LeaseFence.TERM);

    gets("GET", LEASE, 200);

    assertFenced();
  }

  @Test
  void refusedRenewalIsNone() {
    renews();
    passes(LeaseFence.TERM);

    gets("GET", LEASE, 200);
    gets("PUT", LEASE, 409);

    assertFenced();
  }

  @Test
  void writesAgainOnceTheLeaseIsRenewed() {
    renews();
    passes(LeaseFence.TERM);

    renews();

    assertThat(sends("DELETE", SERVICE)).isNotNull();
  }

  @Test
  void readsGoOn() {
    renews();

    passes(LeaseFence.TERM);

    assertThat(sends("GET", SERVICE)).isNotNull();
  }

  @Test
  void writesOfAPlanAreReportedAsNotAsked() throws Exception {
    Lease lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withName("vpcep-operator")
            .withNamespace("vpcep")
            .endMetadata()
            .build();
    try (FakeKubernetes kubernetes = new FakeKubernetes();
        ClusterAccess cluster =
            ClusterAccess.to(kubernetes.client().getConfiguration(), nanos::get);
        KubernetesMirror mirror =
            new KubernetesMirror(cluster, List.of(), (verb, result) -> {}, () -> NOW)) {
      cluster.client().resource(lease).create();
      passes(LeaseFence.TERM);

      // The fence may hear of the Lease just after we do.
      WriteReport report =
          await()
              .until(
                  () -> mirror.apply(PROD, List.of(Services.create(wanted(PROD, "a")))),
                  applied -> !applied.failures().isEmpty());

      assertThat(report.failures())
          .extracting(WriteReport.Failure::problem)
          .containsExactly(
              "the Kubernetes API gave no answer: not asked, since the Lease was not renewed for"
                  + " 10 s");
    }
  }
}
