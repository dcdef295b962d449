package io.vpcep.operator.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link Simulator} serves, and where.
 *
 * @param port TCP port, 0 to 65535; 0 takes any free one
 * @param projects number of projects, at least 1
 * @param services number of services in each project at the start, at least 0; not more than
 *     1,000,000 in all
 * @param seed tells project ids, services and churn: the same seed, the same cloud. A project and
 *     its services do not depend on how many other projects there are
 * @param token what requests must carry as {@code X-Auth-Token}; absent: nobody is asked
 * @param latency time that each request waits before it is answered, not negative
 * @param churn how often the cloud changes by itself; absent: never
 * @param host name or address to listen on, loopback by default
 */
public record SimulatorOptions(
    int port,
    int projects,
    int services,
    long seed,
    Optional<String> token,
    Duration latency,
    Optional<Churn> churn,
    String host) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final long MOST_SERVICES = 1_000_000;

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException naming every wrong option and its remedy, one a line
   */
  public SimulatorOptions {
    List<String> problems = new ArrayList<>();
    expect(port >= 0 && port <= 65535, "--port must be 0 to 65535 (0: any free port)", problems);
    expect(projects >= 1, "--projects must be at least 1", problems);
    expect(services >= 0, "--services must be at least 0", problems);
    expect(
        (long) projects * services <= MOST_SERVICES,
        "--projects times --services must be at most " + MOST_SERVICES + ": lower one of them",
        problems);
    expect(
        token.isEmpty() || !token.get().isBlank(),
        "--token must not be blank: leave it out to ask for none",
        problems);
    expect(
        !latency.isNegative(), "--latency must not be negative: leave it out for none", problems);
    expect(!host.isBlank(), "--host must not be blank: leave it out for " + LOOPBACK, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  /** As the canonical constructor, listening on the loopback address only. */
  public SimulatorOptions(
      int port,
      int projects,
      int services,
      long seed,
      Optional<String> token,
      Duration latency,
      Optional<Churn> churn) {
    this(port, projects, services, seed, token, latency, churn, LOOPBACK);
  }

  /**
   * One project of 20 services, the usual quota of the cloud, on any free loopback port: no token,
   * no latency, no churn.
   */
  public static SimulatorOptions defaults() {
    return new SimulatorOptions(0, 1, 20, 1, Optional.empty(), Duration.ZERO, Optional.empty());
  }

  /** The same, on another port. */
  public SimulatorOptions withPort(int other) {
    return new SimulatorOptions(other, projects, services, seed, token, latency, churn, host);
  }

  /** The same, with other numbers of projects and of services in each of them. */
  public SimulatorOptions withSize(int otherProjects, int otherServices) {
    return new SimulatorOptions(
        port, otherProjects, otherServices, seed, token, latency, churn, host);
  }

  /** The same, with another seed. */
  public SimulatorOptions withSeed(long other) {
    return new SimulatorOptions(port, projects, services, other, token, latency, churn, host);
  }

  /** The same, asking for a token. */
  public SimulatorOptions withToken(String other) {
    return new SimulatorOptions(
        port, projects, services, seed, Optional.of(other), latency, churn, host);
  }

  /** The same, with another latency. */
  public SimulatorOptions withLatency(Duration other) {
    return new SimulatorOptions(port, projects, services, seed, token, other, churn, host);
  }

  /** The same, changing by itself. */
  public SimulatorOptions withChurn(Churn other) {
    return new SimulatorOptions(
        port, projects, services, seed, token, latency, Optional.of(other), host);
  }

  /** The same, listening on another name or address. */
  public SimulatorOptions withHost(String other) {
    return new SimulatorOptions(port, projects, services, seed, token, latency, churn, other);
  }

  /** Every option but the token, which is a secret. */
  @Override
  public String toString() {
    return "SimulatorOptions[host=%s, port=%d, projects=%d, services=%d, seed=%d, token=%s,"
            .formatted(host, port, projects, services, seed, token.map(secret -> "***").orElse("-"))
        + " latency=%s, churn=%s]".formatted(latency, churn);
  }

  private static void expect(boolean holds, String otherwise, List<String> problems) {
    if (!holds) {
      problems.add(otherwise);
    }
  }
}
