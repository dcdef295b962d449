package io.vpcep.operator.controller;

import io.vpcep.operator.sync.Completeness;
import io.vpcep.operator.sync.EndpointService;
import io.vpcep.operator.sync.EndpointServiceCatalog;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.FakeCatalog;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.Recognizer;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A cloud that shows what it is told to, and remembers when it was asked. */
final class ScriptedCloud implements EndpointServiceCatalog {
  private final InstantSource clock;
  private final List<Instant> listings = new ArrayList<>();
  private final List<String> probes = new ArrayList<>();
  private List<EndpointService> services = List.of();
  private List<EndpointService> hidden = List.of();
  private Completeness completeness = new Completeness.Complete();
  private SyncFailure failure;
  private ListingRequest lastRequest;
  private Runnable during = () -> {};
  private Duration untilTurn = Duration.ZERO;
  private int asked;

  ScriptedCloud(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Duration untilTurn(ListingRequest request) {
    asked++;
    return untilTurn;
  }

  /** Lets requesters wait for so long before they ask again. */
  synchronized void keepsWaiting(Duration wait) {
    untilTurn = wait;
  }

  /** How often somebody asked for a turn. */
  synchronized int asked() {
    return asked;
  }

  @Override
  public synchronized Snapshot list(ListingRequest request, Recognizer recognizer)
      throws SyncFailure {
    if (request.query().id() != null) {
      return probe(request.query().id());
    }
    listings.add(clock.instant());
    lastRequest = request;
    during.run();
    if (failure != null) {
      throw failure;
    }
    return FakeCatalog.recognizing(new Snapshot(services, completeness, 0, 1), recognizer);
  }

  private Snapshot probe(String id) {
    probes.add(id);
    return new Snapshot(
        Stream.concat(services.stream(), hidden.stream())
            .filter(service -> service.id().equals(id))
            .toList(),
        new Completeness.Complete(),
        0,
        1);
  }

  /** Has services that listings do not show from now on; asking for one by its id does. */
  synchronized void hides(EndpointService... services) {
    hidden = List.of(services);
  }

  /** Ids of the services that were asked for one by one. */
  synchronized List<String> probes() {
    return List.copyOf(probes);
  }

  /** Shows available services with these ids, completely. */
  void shows(String... ids) {
    shows(Arrays.stream(ids).map(id -> service(id, "available")).toList());
  }

  synchronized void shows(Collection<EndpointService> shown) {
    services = List.copyOf(shown);
    completeness = new Completeness.Complete();
    failure = null;
  }

  /** Shows {@code count} available services called s-0, s-1 and so on. */
  void showsMany(int count) {
    shows(IntStream.range(0, count).mapToObj(i -> service("s-" + i, "available")).toList());
  }

  /** Shows the same, but no longer proves that it is everything. */
  synchronized void isIncomplete(String why) {
    completeness = new Completeness.Incomplete(why);
    failure = null;
  }

  void fails(FailureReason reason) {
    fails(reason, "The cloud failed (request id 1).");
  }

  void fails(FailureReason reason, String message) {
    fails(new SyncFailure(reason, message));
  }

  void failsAsking(FailureReason reason, Duration retryAfter) {
    fails(new SyncFailure(reason, "The cloud asks to wait.", retryAfter, null));
  }

  private synchronized void fails(SyncFailure problem) {
    failure = problem;
  }

  /** Shows again what it showed before it failed. */
  synchronized void recovers() {
    failure = null;
    completeness = new Completeness.Complete();
  }

  /** Happens in the midst of every listing. */
  synchronized void during(Runnable event) {
    during = event;
  }

  synchronized int listings() {
    return listings.size();
  }

  synchronized Instant lastListing() {
    return listings.get(listings.size() - 1);
  }

  synchronized ListingRequest lastRequest() {
    return lastRequest;
  }

  static EndpointService service(String id, String status) {
    return new EndpointService(
        id,
        "name-of-" + id,
        status,
        2L,
        List.of(),
        "failed".equals(status)
            ? List.of(new EndpointService.Failure("EndPoint.3001", "Failed to create a port."))
            : List.of(),
        "VM",
        "interface",
        false,
        null,
        null,
        null,
        "p1",
        "close",
        List.of(),
        "2018-01-30T07:42:01Z",
        "2018-01-30T07:42:01Z",
        null,
        null,
        null,
        null,
        null);
  }
}
