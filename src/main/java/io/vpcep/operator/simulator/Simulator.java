package io.vpcep.operator.simulator;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A cloud in memory that answers the query API over HTTP, and the means to change it, which the API
 * does not offer. Thread-safe. Its threads are daemons and end with {@link #close()}; a program
 * that does nothing else must wait by itself.
 *
 * <p>Methods that take a project id throw {@link IllegalArgumentException} where there is no such
 * project, and those that take a service id where the project has no such service.
 */
public final class Simulator implements AutoCloseable {
  private final Cloud cloud;
  private final ChurnProcess churn;
  private final ScheduledExecutorService timer;
  private final Gateway gateway;
  private final HttpFrontend frontend;

  private Simulator(SimulatorOptions options, InstantSource clock) {
    Conduct conduct = options.conduct();
    InetSocketAddress address = options.address().resolve();
    this.cloud = Cloud.generate(options.population());
    this.churn = new ChurnProcess(cloud, clock);
    this.gateway = new Gateway(cloud, options, clock);
    conduct.throttle().ifPresent(gateway.throttling()::set);
    conduct.faults().forEach(this::plan);
    this.timer = Executors.newSingleThreadScheduledExecutor(new DaemonThreads("simulator-timer"));
    this.frontend = new HttpFrontend(address, gateway, conduct.latency(), timer);
    conduct.churn().ifPresent(this::schedule);
  }

  /**
   * Starts a simulator.
   *
   * @param clock tells the times of later changes, and to signatures, tokens and limits what time
   *     it is
   * @throws IllegalArgumentException where the host is unknown
   * @throws UncheckedIOException where the address cannot be listened on; the message holds the
   *     remedy
   */
  public static Simulator start(SimulatorOptions options, InstantSource clock) {
    return new Simulator(options, clock);
  }

  private void plan(PlannedFault planned) {
    List<String> all = cloud.projectIds();
    planned.projectId().map(List::of).orElse(all).forEach(id -> setFault(id, planned.fault()));
  }

  private void schedule(Churn rate) {
    long pause = rate.pause().toNanos();
    timer.scheduleAtFixedRate(churn::step, pause, pause, TimeUnit.NANOSECONDS);
  }

  /**
   * Where the API is served, without a path: {@code http://127.0.0.1:8080}. A simulator that
   * listens on every address is named by the loopback one.
   */
  public URI baseUrl() {
    InetSocketAddress address = frontend.address();
    String host =
        address.getAddress().isAnyLocalAddress()
            ? "127.0.0.1"
            : address.getAddress().getHostAddress();
    return URI.create(
        "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, address.getPort()));
  }

  /** The ids of the projects, each 32 lowercase hexadecimal digits, told by the seed. */
  public List<String> projectIds() {
    return cloud.projectIds();
  }

  /** The services of a project at this moment, oldest first. */
  public List<SimulatedService> services(String projectId) {
    return project(projectId).services();
  }

  /** The service of a project with this id, if there is one at this moment. */
  public Optional<SimulatedService> service(String projectId, String serviceId) {
    return services(projectId).stream().filter(it -> it.id().equals(serviceId)).findFirst();
  }

  /** Invents an available service without connections, adds it to a project and returns it. */
  public SimulatedService createService(String projectId) {
    return churn.create(project(projectId));
  }

  /** Adds a service to a project, in the place of the one with the same id if there is one. */
  public void putService(String projectId, SimulatedService service) {
    project(projectId).put(service);
  }

  /** Removes a service at once, without a time of being deleted. */
  public void removeService(String projectId, String serviceId) {
    known(project(projectId).remove(serviceId), serviceId);
  }

  /**
   * Puts a service into a status, which updates it.
   *
   * @param status one of {@link SimulatedService#STATUSES}, or anything that a client should cope
   *     with
   */
  public void setStatus(String projectId, String serviceId, String status) {
    known(
        project(projectId).change(serviceId, it -> it.withStatus(status, churn.now())), serviceId);
  }

  /** Sets the number of connections of a service, which does not update it. */
  public void setConnectionCount(String projectId, String serviceId, int count) {
    known(project(projectId).change(serviceId, it -> it.withConnectionCount(count)), serviceId);
  }

  /**
   * Makes every listing of a project fail in some way, until another fault or {@link Fault#NONE} is
   * set.
   */
  public void setFault(String projectId, Fault fault) {
    project(projectId).setFault(fault);
  }

  /** Lets so many listings pass in a while from now on, those of all projects together. */
  public void setThrottle(Throttle limit) {
    gateway.throttling().set(limit);
  }

  /** Lets every listing pass. */
  public void liftThrottle() {
    gateway.throttling().set(null);
  }

  /** Voids every token that the identity service gave, before its time. */
  public void revokeTokens() {
    gateway.revokeTokens();
  }

  /**
   * How many requests of any kind were answered with this HTTP status: 429 those that were
   * throttled, 401 those of unknown people, 201 the tokens given.
   */
  public long answers(int status) {
    return gateway.answers(status);
  }

  /** How many listings of a project were asked for, whatever the answer. */
  public long requests(String projectId) {
    return project(projectId).requests();
  }

  /** Makes one change as churn does, now. */
  public ChurnEvent churnOnce() {
    return churn.step();
  }

  /** Stops serving and changing; connections are closed, whether answered or not. */
  @Override
  public void close() {
    timer.shutdownNow();
    cloud.projects().values().forEach(project -> project.setFault(Fault.NONE));
    frontend.close();
  }

  private Project project(String projectId) {
    return Optional.ofNullable(cloud.projects().get(projectId))
        .orElseThrow(() -> new IllegalArgumentException("no project " + projectId));
  }

  private static void known(boolean found, String serviceId) {
    if (!found) {
      throw new IllegalArgumentException("no service " + serviceId);
    }
  }
}
