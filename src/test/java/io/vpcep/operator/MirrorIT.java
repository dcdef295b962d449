package io.vpcep.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import io.vpcep.operator.kube.RequestCounts;
import io.vpcep.operator.simulator.ServiceSettings;
import io.vpcep.operator.simulator.SimulatedService;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A large project from its first sync on; the tests follow one another. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MirrorIT {
  private static final int SERVICES = 2_345;
  private static final int PAGE = 100;
  private static final int PAGES = 24;
  private static final String PROJECT = "prod";
  private static final String SERVICE_KIND = "vpcendpointservices";

  private static RunningOperator operator;
  private static Simulator cloud;
  private static String projectId;

  @BeforeAll
  static void start() {
    operator = new RunningOperator();
    cloud =
        Simulator.start(
            SimulatorOptions.defaults().withSize(1, SERVICES), Environment.time().clock());
    projectId = cloud.projectIds().get(0);
    operator.createProject(
        PROJECT, RunningOperator.spec(cloud.baseUrl().toString(), projectId, "1h", PAGE));
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

  @Test
  @Order(1)
  void mirrorsEveryServiceWithEveryField() {
    VpcEndpointProjectStatus status = operator.awaitReason(PROJECT, "Synced");

    assertThat(cloud.requests(projectId)).isEqualTo(PAGES);
    assertThat(status.services().total()).isEqualTo(SERVICES);
    Map<String, VpcEndpointService> mirrored =
        operator.services().stream()
            .collect(Collectors.toMap(s -> s.getMetadata().getName(), Function.identity()));
    List<SimulatedService> services = cloud.services(projectId);
    assertThat(mirrored).hasSize(SERVICES);
    for (SimulatedService service : services) {
      assertMirrors(mirrored.get(service.id()), service);
    }
  }

  private static void assertMirrors(VpcEndpointService resource, SimulatedService service) {
    ServiceSettings settings = service.settings();
    VpcEndpointServiceStatus status = resource.getStatus();
    assertThat(resource.getSpec().serviceId()).isEqualTo(service.id());
    assertThat(resource.getSpec().projectRef().name()).isEqualTo(PROJECT);
    assertThat(status.serviceName()).isEqualTo(service.serviceName());
    assertThat(status.availability()).isEqualTo(service.status());
    assertThat(status.connectionCount()).isEqualTo((long) service.connectionCount());
    assertThat(status.createdAt()).isEqualTo(service.createdAt().toString());
    assertThat(status.updatedAt()).isEqualTo(service.updatedAt().toString());
    assertThat(status.projectId()).isEqualTo(settings.projectId());
    assertThat(status.serviceType()).isEqualTo(settings.serviceType());
    assertThat(status.serverType()).isEqualTo(settings.backend().serverType());
    assertThat(status.vpcId()).isEqualTo(settings.backend().vpcId());
    assertThat(status.portId()).isEqualTo(settings.backend().portId());
    assertThat(status.vipPortId()).isEqualTo(settings.backend().vipPortId());
    assertThat(status.approvalEnabled()).isEqualTo(settings.approvalEnabled());
    assertThat(status.tcpProxy()).isEqualTo(settings.tcpProxy());
    assertThat(status.description()).isEqualTo(settings.description());
    assertThat(status.ports())
        .extracting(port -> port.clientPort() + ":" + port.serverPort() + "/" + port.protocol())
        .containsExactlyElementsOf(
            settings.ports().stream()
                .map(port -> port.clientPort() + ":" + port.serverPort() + "/" + port.protocol())
                .toList());
    assertThat(status.portSummary().split(",")).hasSameSizeAs(settings.ports());
    assertThat(orEmpty(status.tags()))
        .extracting(tag -> tag.key() + "=" + (tag.value() == null ? "" : tag.value()))
        .containsExactlyElementsOf(
            settings.tags().stream().map(tag -> tag.key() + "=" + tag.value()).toList());
    assertThat(orEmpty(status.errors()))
        .extracting(error -> error.code() + ": " + error.message())
        .containsExactlyElementsOf(
            service.errors().stream()
                .map(error -> error.errorCode() + ": " + error.errorMessage())
                .toList());
    assertThat(resource.getMetadata().getLabels())
        .containsEntry(Labels.MANAGED_BY, "vpcep-operator")
        .containsEntry(Labels.PROJECT, PROJECT)
        .containsEntry(Labels.SERVICE_TYPE, settings.serviceType());
    VpcEndpointProject project = operator.project(PROJECT);
    assertThat(resource.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(
            owner -> {
              assertThat(owner.getUid()).isEqualTo(project.getMetadata().getUid());
              assertThat(owner.getController()).isTrue();
            });
  }

  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : list;
  }

  @Test
  @Order(2)
  void writesNothingWhenNothingChanged() {
    operator
        .admin()
        .resources(VpcEndpointProject.class)
        .inNamespace(operator.namespace())
        .withName(PROJECT)
        .edit(
            project -> {
              project.setSpec(
                  RunningOperator.spec(cloud.baseUrl().toString(), projectId, "5s", PAGE));
              return project;
            });
    operator.awaitStatus(PROJECT, status -> status.observedGeneration() == 2);
    operator.awaitReason(PROJECT, "Synced");
    long requests = cloud.requests(projectId);
    long writes = RequestCounts.writes(operator.admin(), null);

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> cloud.requests(projectId) == requests + 2 * PAGES);

    assertThat(RequestCounts.writes(operator.admin(), null)).isEqualTo(writes);
  }

  @Test
  @Order(3)
  void writesOnceWhenAConnectionCountChanged() {
    SimulatedService service = cloud.services(projectId).get(17);
    long writes = RequestCounts.writes(operator.admin(), SERVICE_KIND);

    cloud.setConnectionCount(projectId, service.id(), 4_711);

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> operator.service(service.id()).getStatus().connectionCount() == 4_711);
    assertThat(RequestCounts.writes(operator.admin(), SERVICE_KIND)).isEqualTo(writes + 1);
  }

  @Test
  @Order(4)
  void prunesAVanishedServiceAfterTwoCompleteListings() {
    SimulatedService service = cloud.services(projectId).get(42);
    long requests = cloud.requests(projectId);

    cloud.removeService(projectId, service.id());

    await().atMost(Duration.ofSeconds(60)).until(() -> operator.service(service.id()) == null);
    assertThat(cloud.requests(projectId) - requests).isGreaterThanOrEqualTo(2L * (PAGES - 1));
    operator.awaitStatus(PROJECT, status -> status.services().total() == SERVICES - 1);
  }

  @Test
  @Order(5)
  void repairsWhatSomebodyEditedOrDeleted() {
    List<SimulatedService> services = cloud.services(projectId);
    String edited = services.get(7).id();
    String deleted = services.get(8).id();
    String uid = operator.service(deleted).getMetadata().getUid();
    var resources =
        operator.admin().resources(VpcEndpointService.class).inNamespace(operator.namespace());

    resources
        .withName(edited)
        .edit(
            service -> {
              service.getMetadata().getLabels().remove(Labels.PROJECT);
              service.getMetadata().getLabels().put("team", "blue");
              return service;
            });
    resources.withName(deleted).delete();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                PROJECT.equals(
                        operator.service(edited).getMetadata().getLabels().get(Labels.PROJECT))
                    && operator.service(deleted) != null
                    && operator.service(deleted).getStatus() != null);
    assertThat(operator.service(edited).getMetadata().getLabels()).containsEntry("team", "blue");
    assertThat(operator.service(deleted).getMetadata().getUid()).isNotEqualTo(uid);
  }

  @Test
  @Order(6)
  void findsEverythingInPlaceAfterARestart() {
    operator.stop();
    long writes = RequestCounts.writes(operator.admin(), null);
    long requests = cloud.requests(projectId);

    operator.start(Map.of());

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> cloud.requests(projectId) >= requests + 2 * PAGES);
    assertThat(RequestCounts.writes(operator.admin(), null)).isEqualTo(writes);
  }
}
