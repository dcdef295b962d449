package io.vpcep.operator.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A cloud that shows what a test tells it to, until it is told otherwise. Complete and empty at
 * first.
 */
public final class FakeCatalog implements EndpointServiceCatalog {
  private final List<ListingRequest> requests = new ArrayList<>();
  private Snapshot snapshot = snapshot(List.of(), new Completeness.Complete());
  private SyncFailure failure;

  /** From now on a listing is complete and shows {@code services}. */
  public synchronized void shows(EndpointService... services) {
    shows(List.of(services));
  }

  /** From now on a listing is complete and shows {@code services}. */
  public synchronized void shows(Collection<EndpointService> services) {
    snapshot = snapshot(services, new Completeness.Complete());
    failure = null;
  }

  /** From now on a listing shows {@code services} and does not prove itself complete. */
  public synchronized void showsIncomplete(String why, Collection<EndpointService> services) {
    snapshot = snapshot(services, new Completeness.Incomplete(why));
    failure = null;
  }

  /** From now on a listing fails. */
  public synchronized void fails(SyncFailure with) {
    failure = with;
  }

  /** Every listing that was asked for. */
  public synchronized List<ListingRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public synchronized Snapshot list(ListingRequest request)
      throws SyncFailure, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    requests.add(request);
    if (failure != null) {
      throw failure;
    }
    return snapshot;
  }

  private static Snapshot snapshot(
      Collection<EndpointService> services, Completeness completeness) {
    return new Snapshot(List.copyOf(services), completeness, 0, 1);
  }
}
