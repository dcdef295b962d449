package io.vpcep.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vpcep.operator.cloud.CloudCatalog;
import io.vpcep.operator.cloud.RequestObserver;
import io.vpcep.operator.cloud.auth.LocalIdentity;
import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.simulator.Access;
import io.vpcep.operator.simulator.Fault;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The product's client and the simulator, which know nothing of each other, agree on signatures.
 */
@Timeout(60)
class SimulatedCloudTest {
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
          new CloudCatalog.Clocks(Environment.time().clock(), System::nanoTime),
          () -> 0.5,
          RequestObserver.NONE,
          LocalIdentity.of(Map.of()));

  @AfterEach
  void stop() {
    catalog.close();
    cloud.close();
  }

  private ListingRequest request(String secretKey) {
    return request(secretKey, 100, Duration.ofSeconds(50));
  }

  private ListingRequest request(String secretKey, int pageSize, Duration timeout) {
    return new ListingRequest(
        "test",
        cloud.baseUrl(),
        project,
        new Credentials.AccessKey("AK1", secretKey, SECURITY_TOKEN),
        null,
        ServiceQuery.everything(pageSize),
        timeout);
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

  @ParameterizedTest
  @CsvSource({
    "SERVER_ERROR,ServerError",
    "THROTTLED,Throttled",
    "FORBIDDEN,AccessDenied",
    "HTML,InvalidResponse",
    "CUT_BODY,EndpointUnreachable",
    "ENDLESS_LIST,IncompleteListing",
    "HUGE_STRINGS,InvalidResponse"
  })
  void everyFaultHasTheReasonThatThePageForOperatorsNames(Fault fault, String reason)
      throws Exception {
    // Given
    cloud.setFault(project, fault);

    // When
    SyncFailure failure =
        catchThrowableOfType(
            SyncFailure.class, () -> catalog.list(request("SK1", 1000, Duration.ofSeconds(50))));

    // Then
    assertThat(failure.reason().constant()).isEqualTo(reason);
    assertThat(Path.of("docs", "operations.md"))
        .content()
        .containsPattern("\n\\| `" + fault.optionName() + "` \\|[^|]+\\| \\[" + reason + "]");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"SLOW", "HANG"})
  void answersThatDoNotArriveInTimeAreUnreachable(Fault fault) {
    // Given
    cloud.setFault(project, fault);

    // When
    SyncFailure failure =
        catchThrowableOfType(
            SyncFailure.class, () -> catalog.list(request("SK1", 1000, Duration.ofSeconds(1))));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 100})
  void tornListingsProveNothing(int pageSize) throws Exception {
    // Given
    cloud.setFault(project, Fault.TORN);

    // When
    Snapshot snapshot = catalog.list(request("SK1", pageSize, Duration.ofSeconds(50)));

    // Then
    assertThat(snapshot.isComplete()).isFalse();
    assertThat(snapshot.services()).hasSize(2345);
  }

  @Test
  void emptyListingsAreCompleteSoThatTheGuardOfPruningIsSeen() throws Exception {
    // Given
    cloud.setFault(project, Fault.EMPTY);

    // When
    Snapshot snapshot = catalog.list(request("SK1"));

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(snapshot.services()).isEmpty();
  }
}
