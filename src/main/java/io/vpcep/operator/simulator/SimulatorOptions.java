package io.vpcep.operator.simulator;

import java.time.Duration;
import java.util.List;

/**
 * What a {@link Simulator} serves, where, to whom, and how well.
 *
 * @param address where it listens
 * @param population how much there is
 * @param access whom it answers
 * @param conduct how it behaves
 */
public record SimulatorOptions(
    ListenAddress address, Population population, Access access, Conduct conduct) {

  /**
   * Checks that the faults are those of projects that exist.
   *
   * @throws IllegalArgumentException naming every wrong option and its remedy, one a line
   */
  public SimulatorOptions {
    List<String> named =
        conduct.faults().stream().flatMap(fault -> fault.projectId().stream()).toList();
    List<String> known = named.isEmpty() ? List.of() : Cloud.projectIds(population);
    Checks checks = new Checks();
    for (String id : named) {
      checks.expect(
          known.contains(id),
          "--fault names the project \"%s\", which is none of this seed: write one of %s"
              .formatted(id, some(known)));
    }
    checks.done();
  }

  /**
   * One project of 20 services, the usual quota of the cloud, on any free loopback port: for
   * anybody, no latency, no churn, no limit, no fault.
   */
  public static SimulatorOptions defaults() {
    return new SimulatorOptions(
        ListenAddress.loopback(0), new Population(1, 20, 1), new Access.Open(), Conduct.PERFECT);
  }

  /** The same, on another port. */
  public SimulatorOptions withPort(int other) {
    return with(new ListenAddress(address.host(), other));
  }

  /** The same, listening on another name or address. */
  public SimulatorOptions withHost(String other) {
    return with(new ListenAddress(other, address.port()));
  }

  /** The same, with other numbers of projects and of services in each of them. */
  public SimulatorOptions withSize(int otherProjects, int otherServices) {
    return with(new Population(otherProjects, otherServices, population.seed()));
  }

  /** The same, with another seed. */
  public SimulatorOptions withSeed(long other) {
    return with(new Population(population.projects(), population.services(), other));
  }

  /** The same, asking for a token. */
  public SimulatorOptions withToken(String other) {
    return withAccess(new Access.Token(other));
  }

  /** The same, for others. */
  public SimulatorOptions withAccess(Access other) {
    return new SimulatorOptions(address, population, other, conduct);
  }

  /** The same, with another latency. */
  public SimulatorOptions withLatency(Duration other) {
    return with(conduct.withLatency(other));
  }

  /** The same, changing by itself. */
  public SimulatorOptions withChurn(Churn other) {
    return with(conduct.withChurn(other));
  }

  /** The same, refusing what exceeds a limit. */
  public SimulatorOptions withThrottle(Throttle other) {
    return with(conduct.withThrottle(other));
  }

  /** The same, with these faults from the start. */
  public SimulatorOptions withFaults(List<PlannedFault> others) {
    return with(conduct.withFaults(others));
  }

  private SimulatorOptions with(ListenAddress other) {
    return new SimulatorOptions(other, population, access, conduct);
  }

  private SimulatorOptions with(Population other) {
    return new SimulatorOptions(address, other, access, conduct);
  }

  private SimulatorOptions with(Conduct other) {
    return new SimulatorOptions(address, population, access, other);
  }

  private static String some(List<String> ids) {
    return String.join(", ", ids.subList(0, Math.min(ids.size(), 3)))
        + (ids.size() > 3 ? ", ..." : "");
  }
}
