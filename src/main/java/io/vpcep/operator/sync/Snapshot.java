package io.vpcep.operator.sync;

import java.util.List;

/**
 * What one listing showed.
 *
 * @param services in the cloud's order, no id twice
 * @param skipped elements that made no sense (not an object, no id) and were left out
 * @param requests list requests that it took
 */
public record Snapshot(
    List<EndpointService> services, Completeness completeness, int skipped, int requests) {

  /** Copies the list. */
  public Snapshot {
    services = List.copyOf(services);
  }

  /** True when what is not shown does not exist. */
  public boolean isComplete() {
    return completeness instanceof Completeness.Complete;
  }
}
