package io.vpcep.operator.simulator;

/**
 * How much there is in a simulated cloud.
 *
 * @param projects number of projects, at least 1
 * @param services number of services in each project at the start, at least 0; not more than
 *     1,000,000 in all
 * @param seed tells project ids, services and churn: the same seed, the same cloud. A project and
 *     its services do not depend on how many other projects there are
 */
public record Population(int projects, int services, long seed) {
  private static final long MOST_SERVICES = 1_000_000;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming every wrong option and its remedy, one a line
   */
  public Population {
    new Checks()
        .expect(projects >= 1, "--projects must be at least 1")
        .expect(services >= 0, "--services must be at least 0")
        .expect(
            Math.max(projects, 1L) * Math.max(services, 1L) <= MOST_SERVICES,
            "--projects times --services must be at most " + MOST_SERVICES + ": lower one of them")
        .done();
  }
}
