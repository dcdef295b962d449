package io.vpcep.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.vpcep.operator.kube.ApiServer;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What fails silently, or at the start, without a right of the shipped roles. */
class ShippedRightsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private RunningOperator operator;
  private Simulator cloud;

  @BeforeEach
  void start() {
    operator = new RunningOperator();
    cloud = Simulator.start(SimulatorOptions.defaults().withSize(1, 3), Environment.time().clock());
  }

  @AfterEach
  void stop() {
    if (operator != null) {
      operator.close();
    }
    if (cloud != null) {
      cloud.close();
    }
  }

  @Test
  void takesItsLeaseAndRenewsIt() {
    operator.stop();
    lease().delete();

    operator.start(
        Map.of("VPCEP_LEADER_ELECTION", "true", "POD_NAMESPACE", ApiServer.OPERATOR_NAMESPACE));

    Lease taken = await().atMost(PATIENCE).until(() -> lease().get(), ShippedRightsIT::isHeld);
    await()
        .atMost(PATIENCE)
        .until(
            () -> lease().get().getSpec().getRenewTime(),
            renewed -> renewed.isAfter(taken.getSpec().getRenewTime()));
  }

  @Test
  void recordsEvents() {
    operator.createProject(
        "prod",
        RunningOperator.spec(cloud.baseUrl().toString(), cloud.projectIds().get(0), "1h", 100));

    operator.awaitReason("prod", "Synced");

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        operator
                            .admin()
                            .v1()
                            .events()
                            .inNamespace(operator.namespace())
                            .list()
                            .getItems())
                    .extracting(Event::getReason)
                    .contains("Synced"));
  }

  private Resource<Lease> lease() {
    return operator
        .admin()
        .leases()
        .inNamespace(ApiServer.OPERATOR_NAMESPACE)
        .withName(ApiServer.OPERATOR_NAME);
  }

  private static boolean isHeld(Lease lease) {
    return lease != null && lease.getSpec().getRenewTime() != null;
  }
}
