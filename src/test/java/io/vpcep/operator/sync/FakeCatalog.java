package io.vpcep.operator.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A cloud that shows what a test tells it to, until it is told otherwise. Complete and empty at
 * first.
 */
public final class FakeCatalog implements EndpointServiceCatalog {
  private final List<ListingRequest> requests = new ArrayList<>();
  private final List<ListingRequest> probes = new ArrayList<>();
  private final Map<String, EndpointService> hidden = new HashMap<>();
  private Snapshot snapshot = snapshot(List.of(), new Completeness.Complete());
  private SyncFailure failure;
  private SyncFailure failureAfterNext;
  private SyncFailure probeFailure;
  private Runnable duringProbe = () -> {};

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

  /** One more listing succeeds; from then on one fails. */
  public synchronized void failsAfterNext(SyncFailure with) {
    failureAfterNext = with;
  }

  /** From now on {@code service} exists, and listings do not show it; asking for its id does. */
  public synchronized void hides(EndpointService service) {
    hidden.put(service.id(), service);
  }

  /** From now on nothing exists that listings do not show. */
  public synchronized void hidesNothing() {
    hidden.clear();
  }

  /** From now on asking for a single service fails; null: no more. */
  public synchronized void failsProbes(SyncFailure with) {
    probeFailure = with;
  }

  /** Happens whenever a single service is asked for. */
  public synchronized void duringProbes(Runnable event) {
    duringProbe = event;
  }

  /** Every single service that was asked for. */
  public synchronized List<ListingRequest> probes() {
    return List.copyOf(probes);
  }

  /** Every listing that was asked for, but for single services. */
  public synchronized List<ListingRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public synchronized Snapshot list(ListingRequest request, Recognizer recognizer)
      throws SyncFailure, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (request.query().id() != null) {
      return probe(request);
    }
    requests.add(request);
    if (failure != null) {
      throw failure;
    }
    if (failureAfterNext != null) {
      failure = failureAfterNext;
    }
    return recognizing(snapshot, recognizer);
  }

  /** What is left of a snapshot that was read with a recognizer. */
  public static Snapshot recognizing(Snapshot whole, Recognizer recognizer) {
    List<EndpointService> kept = new ArrayList<>();
    Set<String> recognized = new HashSet<>();
    for (EndpointService service : whole.services()) {
      recognizer
          .recognize(new Listed(service))
          .ifPresentOrElse(recognized::add, () -> kept.add(service));
    }
    return new Snapshot(kept, recognized, whole.completeness(), whole.skipped(), whole.requests());
  }

  private Snapshot probe(ListingRequest request) throws SyncFailure {
    probes.add(request);
    duringProbe.run();
    if (probeFailure != null) {
      throw probeFailure;
    }
    String id = request.query().id();
    return snapshot(
        Stream.concat(snapshot.services().stream(), hidden.values().stream())
            .filter(service -> service.id().equals(id))
            .toList(),
        new Completeness.Complete());
  }

  private static Snapshot snapshot(
      Collection<EndpointService> services, Completeness completeness) {
    return new Snapshot(List.copyOf(services), completeness, 0, 1);
  }
}
