package io.vpcep.operator.reliability;

import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.Prune;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.PrunePolicy;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.Query;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.simulator.SimulatedService;
import java.util.ArrayList;
import java.util.List;

/**
 * The life of a project of 40 services, from its first sync to its deletion, with a write of every
 * kind in it: creates, status updates, marks, prunes, repairs, and the statuses of the project.
 */
final class Scenario {
  static final int SERVICES = 40;

  private static final int CHANGED = 15;
  private static final int VANISHED = 10;
  private static final int FAILED = 5;
  private static final int MOST_SYNCS = 4;

  private final Sandbox sandbox;

  Scenario(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /**
   * What the life left behind.
   *
   * @param phases what there was at the end of each phase: a later one may heal what an earlier one
   *     left wrong
   * @param serviceWrites writes of services until then
   * @param projectWrites writes of the project's status until then
   * @param quietServiceWrites writes of services in three syncs more
   * @param quietProjectWrites writes of the project's status in these
   * @param afterDeletion when the project was deleted and its services were collected
   */
  record Outcome(
      List<MirrorState> phases,
      long serviceWrites,
      long projectWrites,
      long quietServiceWrites,
      long quietProjectWrites,
      MirrorState afterDeletion) {}

  Outcome run() {
    List<MirrorState> phases = new ArrayList<>();
    List<Runnable> steps =
        List.of(
            this::createTheProject,
            this::syncUntilPruned,
            this::narrowTheQuery,
            this::replaceTheProject);
    for (Runnable step : steps) {
      step.run();
      phases.add(MirrorState.of(sandbox));
    }
    long services = serviceWrites();
    long projects = projectWrites();
    for (int cycle = 0; cycle < 3; cycle++) {
      sandbox.sync();
    }
    long quietServices = serviceWrites() - services;
    long quietProjects = projectWrites() - projects;
    deleteTheProject();
    return new Outcome(
        phases, services, projects, quietServices, quietProjects, MirrorState.of(sandbox));
  }

  private long serviceWrites() {
    return sandbox.count(request -> request.writes(ApiRequest.SERVICES));
  }

  private long projectWrites() {
    return sandbox.count(request -> request.writes(ApiRequest.PROJECTS));
  }

  private void createTheProject() {
    sandbox.createProject(sandbox.spec());
    sandbox.awaitSynced();
  }

  private void changeTheCloud() {
    String project = sandbox.projectId();
    List<SimulatedService> services = sandbox.listed();
    int next = 0;
    for (; next < CHANGED; next++) {
      SimulatedService service = services.get(next);
      sandbox.cloud().setConnectionCount(project, service.id(), service.connectionCount() + 100);
    }
    for (; next < CHANGED + VANISHED; next++) {
      sandbox.cloud().removeService(project, services.get(next).id());
    }
    for (; next < CHANGED + VANISHED + FAILED; next++) {
      sandbox.cloud().setStatus(project, services.get(next).id(), SimulatedService.FAILED);
    }
  }

  /** Two listings prune; a crash may begin the row of misses anew. */
  private void syncUntilPruned() {
    changeTheCloud();
    for (int syncs = 0; syncs < MOST_SYNCS; syncs++) {
      sandbox.sync();
      if (sandbox.services().size() == SERVICES - VANISHED) {
        return;
      }
    }
    throw new AssertionError("not pruned after " + MOST_SYNCS + " syncs");
  }

  private void narrowTheQuery() {
    Query available = new Query(null, null, SimulatedService.AVAILABLE, null, null, null);
    sandbox.editProject(
        project -> {
          project.setSpec(
              sandbox.spec(
                  sandbox.cloud().baseUrl().toString(),
                  "1h",
                  available,
                  new Prune(PrunePolicy.Orphan, null, null)));
          return project;
        });
    sandbox.awaitSynced();
    sandbox.until(() -> outOfScope() > 0);
  }

  private long outOfScope() {
    return sandbox.services().stream().filter(service -> reason(service, "OutOfScope")).count();
  }

  private static boolean reason(VpcEndpointService service, String reason) {
    return service.getStatus() != null
        && service.getStatus().conditions().stream()
            .filter(condition -> condition.type().equals(Condition.READY))
            .anyMatch(condition -> condition.reason().equals(reason));
  }

  /** Another project takes the name before the collector came: it adopts what it finds. */
  private void replaceTheProject() {
    sandbox.deleteProject();
    sandbox.createProject(sandbox.spec());
    sandbox.awaitSynced();
    sandbox.collectGarbage();
  }

  private void deleteTheProject() {
    sandbox.deleteProject();
    sandbox.until(() -> !Metrics.of(sandbox.operator()).contains("project=\"prod\""));
    sandbox.collectGarbage();
    sandbox.until(() -> sandbox.services().isEmpty());
  }
}
