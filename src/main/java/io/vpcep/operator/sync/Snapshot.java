package io.vpcep.operator.sync;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * What one listing showed.
 *
 * @param services in the cloud's order, no id twice, and none that was recognized
 * @param recognized names of the resources of services for which nothing is to be written now, see
 *     {@link Recognizer}
 * @param skipped elements that made no sense (not an object, no id) and were left out
 * @param requests list requests that it took
 */
public record Snapshot(
    List<EndpointService> services,
    Set<String> recognized,
    Completeness completeness,
    int skipped,
    int requests) {

  /** A snapshot that was made without a mirror. */
  public Snapshot(
      List<EndpointService> services, Completeness completeness, int skipped, int requests) {
    this(services, Set.of(), completeness, skipped, requests);
  }

  /** Copies the services, and takes the names over, which may be very many. */
  public Snapshot {
    services = List.copyOf(services);
    recognized = Collections.unmodifiableSet(recognized);
  }

  /** The same, with another judgement. */
  public Snapshot with(Completeness judgement) {
    return new Snapshot(services, recognized, judgement, skipped, requests);
  }

  /** True when what is not shown does not exist. */
  public boolean isComplete() {
    return completeness instanceof Completeness.Complete;
  }
}
