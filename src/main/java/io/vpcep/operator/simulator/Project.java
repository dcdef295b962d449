package io.vpcep.operator.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** The state of one project: its services, its fault, its request counter. Thread-safe. */
final class Project {
  private static final Comparator<SimulatedService> OLDEST_FIRST =
      Comparator.comparing(SimulatedService::createdAt).thenComparing(SimulatedService::id);

  private final ServiceGenerator generator;
  private final int initialSize;
  private final Map<String, SimulatedService> services = new LinkedHashMap<>();
  private final List<Runnable> held = new ArrayList<>();
  private final AtomicLong requests = new AtomicLong();

  /** Made at the first read after a change; null: there was a change. */
  private List<SimulatedService> snapshot;

  private Fault fault = Fault.NONE;

  Project(ServiceGenerator generator, List<SimulatedService> initial) {
    this.generator = generator;
    this.initialSize = initial.size();
    initial.stream().sorted(OLDEST_FIRST).forEach(service -> services.put(service.id(), service));
  }

  ServiceGenerator generator() {
    return generator;
  }

  int initialSize() {
    return initialSize;
  }

  /** The services at this moment, oldest first. */
  synchronized List<SimulatedService> services() {
    if (snapshot == null) {
      snapshot = services.values().stream().sorted(OLDEST_FIRST).toList();
    }
    return snapshot;
  }

  synchronized void put(SimulatedService service) {
    services.put(service.id(), service);
    snapshot = null;
  }

  /** Returns whether there was such a service. */
  synchronized boolean remove(String serviceId) {
    snapshot = null;
    return services.remove(serviceId) != null;
  }

  /** Returns whether there is such a service. */
  synchronized boolean change(String serviceId, UnaryOperator<SimulatedService> change) {
    snapshot = null;
    return services.computeIfPresent(serviceId, (id, service) -> change.apply(service)) != null;
  }

  synchronized Fault fault() {
    return fault;
  }

  /** Sets the fault and lets go of every request that an earlier {@link Fault#HANG} holds. */
  void setFault(Fault other) {
    List<Runnable> released;
    synchronized (this) {
      fault = other;
      released = other == Fault.HANG ? List.of() : List.copyOf(held);
      held.removeAll(released);
    }
    released.forEach(Runnable::run);
  }

  /** Runs {@code release} once the project does not hang, which may be at once. */
  void hold(Runnable release) {
    synchronized (this) {
      if (fault == Fault.HANG) {
        held.add(release);
        return;
      }
    }
    release.run();
  }

  void countRequest() {
    requests.incrementAndGet();
  }

  long requests() {
    return requests.get();
  }
}
