package io.vpcep.operator.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The operator's own metrics. Their Prometheus names are a public contract; here they are written
 * in Micrometer's form, which gets {@code _total} and {@code _seconds} added.
 *
 * <p>What comes from a cloud or a user is bounded before it becomes a label, so that nobody can
 * make the operator grow: unknown availabilities and status codes and hosts beyond the first
 * {@value #MOST_HOSTS} count as {@code other}. Thread-safe.
 */
public final class OperatorMetrics {
  private static final int MOST_HOSTS = 100;
  private static final String OTHER = "other";
  private static final Set<String> AVAILABILITIES =
      Set.of("creating", "available", "failed", "deleting");
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100),
    Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500),
    Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60),
    Duration.ofSeconds(120), Duration.ofSeconds(300)
  };

  private final MeterRegistry registry;
  private final Timer syncDuration;
  private final Set<String> hosts = new TreeSet<>();
  private final Map<Meter.Id, AtomicReference<Double>> gauges = new ConcurrentHashMap<>();

  /** Metrics in this registry, which should hold no other meters called {@code vpcep.*}. */
  public OperatorMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.syncDuration =
        Timer.builder("vpcep.sync.duration")
            .description("How long a sync took, from reading the spec to the last write.")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
  }

  /**
   * A sync is over.
   *
   * @param result {@code Synced}, {@code Superseded} or the constant reason of the failure
   */
  public void syncFinished(String namespace, String project, String result, Duration took) {
    count("vpcep.sync", project(namespace, project).and("result", result));
    syncDuration.record(took);
  }

  /** A sync succeeded at {@code when}. */
  public void succeeded(String namespace, String project, Instant when) {
    set("vpcep.last.success.timestamp.seconds", project(namespace, project), when.getEpochSecond());
  }

  /**
   * What the mirror of a project holds.
   *
   * @param byAvailability number of services by availability as the cloud says it; absent: 0
   * @param connections sum of the services' connection counts
   */
  public void mirrored(
      String namespace, String project, Map<String, Long> byAvailability, long connections) {
    Tags tags = project(namespace, project);
    long others = 0;
    for (Map.Entry<String, Long> entry : byAvailability.entrySet()) {
      others += AVAILABILITIES.contains(entry.getKey()) ? 0 : entry.getValue();
    }
    for (String availability : AVAILABILITIES) {
      long services = byAvailability.getOrDefault(availability, 0L);
      set("vpcep.services", tags.and("availability", availability), services);
    }
    set("vpcep.services", tags.and("availability", OTHER), others);
    set("vpcep.connections", tags, connections);
  }

  /** A cloud answered a request with this status. */
  public void apiAnswered(String host, int code) {
    count("vpcep.api.requests", Tags.of("host", bounded(host), "code", bounded(code)));
  }

  /** A request to a cloud found no answer: not connected, cut or timed out. */
  public void apiUnanswered(String host) {
    count("vpcep.api.requests", Tags.of("host", bounded(host), "code", "none"));
  }

  /** A cloud asked to be left alone. */
  public void apiThrottled(String host) {
    count("vpcep.api.throttled", Tags.of("host", bounded(host)));
  }

  /** A request to a cloud had to wait, since its account may make no more of them at a time. */
  public void apiWaited(String host) {
    count("vpcep.api.budget.waits", Tags.of("host", bounded(host)));
  }

  /**
   * How the accounts of a host stand.
   *
   * @param requestsPerSecond that the slowest of them may make
   * @param waiting listings and pages that wait, of all of them
   */
  public void apiBudget(String host, double requestsPerSecond, int waiting) {
    Tags tags = Tags.of("host", bounded(host));
    set("vpcep.api.budget.requests.per.second", tags, requestsPerSecond);
    set("vpcep.api.budget.waiting", tags, waiting);
  }

  /**
   * A write to the Kubernetes API is over.
   *
   * @param verb one of a few words, such as {@code create}
   * @param result one of a few words, such as {@code ok} or {@code conflict}
   */
  public void wrote(String verb, String result) {
    count("vpcep.writes", Tags.of("verb", verb, "result", result));
  }

  /** A project was deleted, and no sync of it is under way: its series end. */
  public void forget(String namespace, String project) {
    for (Meter meter : registry.getMeters()) {
      Meter.Id id = meter.getId();
      if (id.getName().startsWith("vpcep.")
          && namespace.equals(id.getTag("namespace"))
          && project.equals(id.getTag("project"))) {
        registry.remove(meter);
        gauges.remove(id);
      }
    }
  }

  private static Tags project(String namespace, String project) {
    return Tags.of("namespace", namespace, "project", project);
  }

  private void count(String name, Tags tags) {
    registry.counter(name, tags).increment();
  }

  private void set(String name, Tags tags, double value) {
    Meter.Id id = new Meter.Id(name, tags, null, null, Meter.Type.GAUGE);
    gauges.computeIfAbsent(id, this::register).set(value);
  }

  private AtomicReference<Double> register(Meter.Id id) {
    AtomicReference<Double> value = new AtomicReference<>(0.0);
    Gauge.builder(id.getName(), value, AtomicReference::get)
        .tags(id.getTags())
        .strongReference(true)
        .register(registry);
    return value;
  }

  private String bounded(String host) {
    synchronized (hosts) {
      if (hosts.contains(host) || (hosts.size() < MOST_HOSTS && hosts.add(host))) {
        return host;
      }
      return OTHER;
    }
  }

  /** The ranges in which IANA has registered codes: some 60 values, whatever a server makes up. */
  private static String bounded(int code) {
    boolean registered =
        (code >= 200 && code <= 208)
            || (code >= 300 && code <= 308)
            || (code >= 400 && code <= 431)
            || code == 451
            || (code >= 500 && code <= 511);
    return registered ? String.valueOf(code) : OTHER;
  }
}
