package io.vpcep.operator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.kube.ApiServer;
import io.vpcep.operator.kube.PrivateApiServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * One operator that outlives its API server, its etcd and its resource definitions, which it did
 * not find at the start. The tests follow one another.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServerRestartIT {
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
            Sandbox::withinThisJvm,
            new Sandbox.Cluster(server.admin(), server.admin().getConfiguration()));
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
    sandbox.until(ServerRestartIT::wasToldOfNoDefinition);

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
