package io.vpcep.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vpcep.operator.cloud.CloudCatalog;
import io.vpcep.operator.cloud.RequestObserver;
import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.simulator.Access;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The product's client and the simulator, which know nothing of each other, agree on signatures.
 */
@Timeout(60)
class SimulatedCredentialsTest {
  private static final String SECURITY_TOKEN = "tEmP+tOkEn/=";

  private final Simulator cloud =
      Simulator.start(
          SimulatorOptions.defaults()
              .withSize(1, 2345)
              .withAccess(new Access.KeyPair("AK1", "SK1", Optional.of(SECURITY_TOKEN))),
          Environment.time().clock());
  private final String project = cloud.projectIds().get(0);
  private final CloudCatalog catalog =
      CloudCatalog.create(
          EndpointRules.anything(),
          Environment.time().clock(),
          System::nanoTime,
          RequestObserver.NONE);

  @AfterEach
  void stop() {
    catalog.close();
    cloud.close();
  }

  private ListingRequest request(String secretKey) {
    return new ListingRequest(
        "test",
        cloud.baseUrl(),
        project,
        new Credentials.AccessKey("AK1", secretKey, SECURITY_TOKEN),
        null,
        new ServiceQuery(null, null, null, null, null, 100),
        Duration.ofSeconds(50));
  }

  @Test
  void listsALargeProjectPageByPage() throws Exception {
    // When
    Snapshot snapshot = catalog.list(request("SK1"));

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(snapshot.services())
        .extracting(service -> service.id())
        .hasSize(2345)
        .containsExactlyInAnyOrderElementsOf(
            cloud.services(project).stream().map(service -> service.id()).toList());
    assertThat(cloud.requests(project)).isEqualTo(24);
  }

  @Test
  void showsNoSecretOfARequestThatTheCloudRepeats() {
    // When
    SyncFailure failure =
        catchThrowableOfType(SyncFailure.class, () -> catalog.list(request("SK2")));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.AUTHENTICATION_FAILED);
    assertThat(failure.getMessage())
        .contains("APIGW.0301", "verify aksk signature fail")
        .doesNotContain(SECURITY_TOKEN, "SK1", "SK2");
  }
}
