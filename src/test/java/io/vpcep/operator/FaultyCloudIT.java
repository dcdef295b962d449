package io.vpcep.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.Credentials;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.SecretReference;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import io.vpcep.operator.simulator.Fault;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Projects whose clouds fail, each in its way, beside one whose cloud is well. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultyCloudIT {
  private static final Map<Fault, String> REASONS =
      new TreeMap<>(
          Map.of(
              Fault.SERVER_ERROR, "ServerError",
              Fault.THROTTLED, "Throttled",
              Fault.HTML, "InvalidResponse",
              Fault.CUT_BODY, "EndpointUnreachable",
              Fault.ENDLESS_LIST, "IncompleteListing",
              Fault.HUGE_STRINGS, "InvalidResponse",
              Fault.HANG, "EndpointUnreachable"));

  private static final String WELL = "well";
  private static final String ANOTHER_ACCOUNT = "another-account";
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private static RunningOperator operator;
  private static Simulator cloud;
  private static Map<String, VpcEndpointServiceStatus> before;

  @BeforeAll
  static void mirrorEverything() {
    operator = new RunningOperator();
    cloud =
        Simulator.start(
            SimulatorOptions.defaults().withSize(REASONS.size() + 1, 8),
            Environment.time().clock());
    operator
        .admin()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(operator.namespace())
                .withName(ANOTHER_ACCOUNT)
                .endMetadata()
                .addToStringData("token", "another")
                .build())
        .create();
    int next = 0;
    for (Fault fault : REASONS.keySet()) {
      operator.createProject(project(fault), spec(fault, cloud.projectIds().get(next++)));
    }
    operator.createProject(WELL, spec(Fault.NONE, cloud.projectIds().get(next)));
    REASONS.keySet().forEach(fault -> operator.awaitReason(project(fault), "Synced"));
    operator.awaitReason(WELL, "Synced");
    before = statuses();
  }

  @AfterAll
  static void stop() {
    if (operator != null) {
      operator.close();
    }
    if (cloud != null) {
      cloud.close();
    }
  }

  /** A cloud throttles accounts: all projects of one are slowed down together. */
  private static VpcEndpointProjectSpec spec(Fault fault, String projectId) {
    Credentials credentials =
        fault == Fault.THROTTLED
            ? new Credentials(new SecretReference(ANOTHER_ACCOUNT), null, null, null)
            : null;
    return new VpcEndpointProjectSpec(
        cloud.baseUrl().toString(),
        projectId,
        credentials,
        null,
        INTERVAL.toSeconds() + "s",
        null,
        TIMEOUT.toSeconds() + "s",
        null,
        null,
        null,
        null);
  }

  private static String project(Fault fault) {
    return fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Map<String, VpcEndpointServiceStatus> statuses() {
    return operator.services().stream()
        .collect(Collectors.toMap(s -> s.getMetadata().getName(), VpcEndpointService::getStatus));
  }

  @Test
  @Order(1)
  void eachProjectSaysWhatIsWrongWithinAnInterval() {
    int next = 0;
    for (Fault fault : REASONS.keySet()) {
      cloud.setFault(cloud.projectIds().get(next++), fault);
    }

    Duration limit = INTERVAL.multipliedBy(11).dividedBy(10).plus(TIMEOUT).plusSeconds(3);
    await()
        .atMost(limit)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              for (Map.Entry<Fault, String> expected : REASONS.entrySet()) {
                VpcEndpointProjectStatus status =
                    operator.project(project(expected.getKey())).getStatus();
                Condition ready = RunningOperator.ready(status);
                assertThat(ready.reason()).as("%s", ready).isEqualTo(expected.getValue());
                assertThat(ready.status()).isEqualTo(Condition.FALSE);
                assertThat(status.conditions())
                    .anySatisfy(
                        condition -> {
                          assertThat(condition.type()).isEqualTo(Condition.RECONCILING);
                          assertThat(condition.status()).isEqualTo(Condition.TRUE);
                        });
              }
            });
  }

  @Test
  @Order(2)
  void mirrorsStayAsTheyWereAndOthersGoOn() {
    String wellId = cloud.projectIds().get(REASONS.size());
    long requests = cloud.requests(wellId);

    await().atMost(INTERVAL.multipliedBy(4)).until(() -> cloud.requests(wellId) >= requests + 2);

    assertThat(statuses()).isEqualTo(before);
    assertThat(RunningOperator.ready(operator.project(WELL).getStatus()).status())
        .isEqualTo(Condition.TRUE);
  }

  @Test
  @Order(3)
  void everyProjectRecoversByItself() {
    cloud.projectIds().forEach(id -> cloud.setFault(id, Fault.NONE));

    REASONS.keySet().forEach(fault -> operator.awaitReason(project(fault), "Synced"));

    assertThat(statuses()).isEqualTo(before);
  }
}
