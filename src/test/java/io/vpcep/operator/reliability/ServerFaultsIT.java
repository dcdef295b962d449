package io.vpcep.operator.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.kube.ApiServer;
import io.vpcep.operator.kube.PrivateApiServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * One operator that outlives its API server, its etcd and its resource definitions, which it did
 * not find at the start, and reads what other definitions let through. The tests follow one
 * another.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServerFaultsIT {
  private static final int SERVICES = 10;

  @TempDir private static Path data;

  private static PrivateApiServer server;
  private static Sandbox sandbox;

  @BeforeAll
  static void start() {
    ApiServer.require();
    server = new PrivateApiServer(data.resolve("etcd"));
    sandbox =
        new Sandbox(
            SERVICES,
            OperatorHost::withinThisJvm,
            new Cluster(server.admin(), server.admin().getConfiguration()));
  }

  @AfterAll
  static void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  @Order(1)
  void waitsForTheDefinitionsThatAreMissing() throws Exception {
    Thread starting = new Thread(sandbox::startOperator, "operator-start");
    starting.start();
    sandbox.until(ServerFaultsIT::wasToldOfNoDefinition);

    ApiServer.installCrds(server.admin());

    starting.join();
    sandbox.createProject(sandbox.spec());
    sandbox.awaitSynced();
    sandbox.assertMirrored();
  }

  private static boolean wasToldOfNoDefinition() {
    return sandbox.hasOperator()
        && sandbox.proxy().exchanges().stream().anyMatch(exchange -> exchange.status() == 404);
  }

  @Test
  @Order(2)
  void outlivesTheApiServer() {
    sandbox.changeEverything();

    server.killServer();
    server.startServer();

    sandbox.sync();
    sandbox.assertMirrored();
    sandbox.assertRepairs();
  }

  @Test
  @Order(3)
  void outlivesEtcd() {
    sandbox.changeEverything();

    server.killEtcd();
    sandbox.until(() -> !server.isReady());
    server.startEtcd();
    server.awaitReady();

    sandbox.sync();
    sandbox.assertMirrored();
    sandbox.assertRepairs();
  }

  @Test
  @Order(4)
  void mirrorsAnewOnceTheDefinitionOfServicesIsBack() {
    removeDefinition(ApiRequest.SERVICES);

    Condition ready = sandbox.syncFails("WriteFailed");

    assertThat(ready.message()).contains("404");
    ApiServer.installCrds(server.admin());
    sandbox.until(
        () -> {
          sandbox.request();
          return sandbox.mirrors();
        });
    sandbox.sync();
    sandbox.assertRepairs();
  }

  @Test
  @Order(5)
  void followsProjectsOnceTheirDefinitionIsBack() {
    removeDefinition(ApiRequest.PROJECTS);
    sandbox.until(() -> !Metrics.of(sandbox.operator()).contains("project=\"prod\""));

    ApiServer.installCrds(server.admin());

    sandbox.createProject(sandbox.spec());
    sandbox.awaitSynced();
    sandbox.assertMirrored();
    assertThat(Metrics.status(sandbox.operator(), "/livez")).isEqualTo(200);
  }

  @Test
  @Order(6)
  void repairsAServiceThatItCannotRead() {
    loosenDefinitions();
    String name = sandbox.services().get(0).getMetadata().getName();

    spoil(VpcEndpointService.class, name, Map.of("conditions", "none", "ports", 7));

    sandbox.until(
        () -> {
          sandbox.request();
          return sandbox.mirrors();
        });
    sandbox.assertRepairs();
  }

  @Test
  @Order(7)
  void saysThatAProjectMakesNoSenseAndServesTheOthers() {
    String odd =
        """
        apiVersion: vpcep.io/v1alpha1
        kind: VpcEndpointProject
        metadata: {name: odd, namespace: %s}
        spec: {interval: [1m], projectId: p}
        status: {conditions: none}
        """;

    sandbox
        .admin()
        .resource(
            Serialization.unmarshal(
                odd.formatted(sandbox.namespace()), GenericKubernetesResource.class))
        .create();

    sandbox.until(() -> "InvalidSpec".equals(ready("odd", "reason")));
    assertThat(ready("odd", "message")).contains("kubectl explain");
    sandbox.changeEverything();
    sandbox.sync();
    sandbox.assertMirrored();
  }

  private static String ready(String project, String field) {
    return sandbox
        .generic(VpcEndpointProject.class)
        .withName(project)
        .get()
        .get("status", "conditions", 0, field);
  }

  /** As a cluster where somebody installed definitions of their own. */
  private static void loosenDefinitions() {
    for (String plural : List.of(ApiRequest.SERVICES, ApiRequest.PROJECTS)) {
      server
          .admin()
          .apiextensions()
          .v1()
          .customResourceDefinitions()
          .withName(plural + ".vpcep.io")
          .edit(
              definition -> {
                definition
                    .getSpec()
                    .getVersions()
                    .forEach(version -> version.getSchema().setOpenAPIV3Schema(anything()));
                return definition;
              });
    }
  }

  private static JSONSchemaProps anything() {
    return new JSONSchemaPropsBuilder()
        .withType("object")
        .withXKubernetesPreserveUnknownFields(true)
        .build();
  }

  /** The server takes the change in once it serves the looser definition. */
  private static void spoil(
      Class<? extends HasMetadata> kind, String name, Map<String, Object> status) {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptionsMatching(problem -> problem.getMessage().contains("422"))
        .untilAsserted(
            () ->
                sandbox
                    .generic(kind)
                    .withName(name)
                    .subresource("status")
                    .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of("status", status))));
  }

  private static void removeDefinition(String plural) {
    var definition =
        server
            .admin()
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName(plural + ".vpcep.io");
    definition.delete();
    sandbox.until(() -> definition.get() == null);
  }
}
