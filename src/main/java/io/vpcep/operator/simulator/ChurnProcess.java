package io.vpcep.operator.simulator;

import io.vpcep.operator.simulator.ChurnEvent.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * What happens to a cloud in the course of time, one change a step: connections come and go,
 * services appear, become available or fail, recover, and are deleted. The number of services of a
 * project that are not being deleted stays near what it was at the start.
 */
final class ChurnProcess {
  private final List<Project> projects;
  private final Random random;
  private final InstantSource clock;

  ChurnProcess(Cloud cloud, InstantSource clock) {
    this.projects = List.copyOf(cloud.projects().values());
    this.random = cloud.random();
    this.clock = clock;
  }

  /** Makes one change in one project. */
  synchronized ChurnEvent step() {
    Project project = any(projects);
    int dice = random.nextInt(100);
    Optional<ChurnEvent> event = Optional.empty();
    if (dice < 40) {
      event = pick(project, is(SimulatedService.AVAILABLE)).map(it -> moveConnections(project, it));
    } else if (dice < 75) {
      event = pick(project, ChurnProcess::isPassing).map(it -> settle(project, it));
    }
    return event.orElseGet(() -> turnOver(project));
  }

  /** Adds a service that was created this instant and is available. */
  synchronized SimulatedService create(Project project) {
    SimulatedService service =
        project.generator().service(random, SimulatedService.AVAILABLE, now());
    project.put(service);
    return service;
  }

  /** The time that changes bear: whole seconds, as the wire form has them. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private ChurnEvent moveConnections(Project project, SimulatedService service) {
    int count = service.connectionCount();
    int moved = count == 0 || random.nextBoolean() ? count + 1 : count - 1;
    project.change(service.id(), current -> current.withConnectionCount(moved));
    return event(Kind.CONNECTIONS_MOVED, service);
  }

  private ChurnEvent settle(Project project, SimulatedService service) {
    if (service.status().equals(SimulatedService.DELETING)) {
      project.remove(service.id());
      return event(Kind.GONE, service);
    }
    boolean fails = service.status().equals(SimulatedService.CREATING) && random.nextInt(5) == 0;
    String status = fails ? SimulatedService.FAILED : SimulatedService.AVAILABLE;
    project.change(service.id(), current -> current.withStatus(status, now()));
    return event(fails ? Kind.FAILED : Kind.BECAME_AVAILABLE, service);
  }

  private ChurnEvent turnOver(Project project) {
    Predicate<SimulatedService> staying = is(SimulatedService.DELETING).negate();
    long size = project.services().stream().filter(staying).count();
    boolean grow =
        size < project.initialSize() || (size == project.initialSize() && random.nextBoolean());
    // Others may remove services meanwhile, so that there is none left to pick.
    Optional<SimulatedService> leaving = grow ? Optional.empty() : pick(project, staying);
    return leaving.map(it -> leave(project, it)).orElseGet(() -> appear(project));
  }

  private ChurnEvent appear(Project project) {
    SimulatedService service =
        project.generator().service(random, SimulatedService.CREATING, now());
    project.put(service);
    return event(Kind.APPEARED, service);
  }

  private ChurnEvent leave(Project project, SimulatedService service) {
    project.change(service.id(), current -> current.withStatus(SimulatedService.DELETING, now()));
    return event(Kind.DELETION_BEGAN, service);
  }

  private static ChurnEvent event(Kind kind, SimulatedService service) {
    return new ChurnEvent(kind, service.settings().projectId(), service.id());
  }

  private static boolean isPassing(SimulatedService service) {
    return SimulatedService.STATUSES.contains(service.status())
        && !service.status().equals(SimulatedService.AVAILABLE);
  }

  private static Predicate<SimulatedService> is(String status) {
    return service -> service.status().equals(status);
  }

  private Optional<SimulatedService> pick(Project project, Predicate<SimulatedService> which) {
    List<SimulatedService> candidates = project.services().stream().filter(which).toList();
    return candidates.isEmpty() ? Optional.empty() : Optional.of(any(candidates));
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
