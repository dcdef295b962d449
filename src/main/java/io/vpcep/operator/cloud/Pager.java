package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;

/** Asks for page after page until the listing ends, within its time. For one listing. */
final class Pager {
  private static final int MAX_RESTARTS = 2;

  private final PageSource pages;
  private final Deadline deadline;
  private Listing listing = new Listing();
  private int requests;
  private int restarts;
  private Duration lastPageAt;

  Pager(PageSource pages, Deadline deadline) {
    this.pages = pages;
    this.deadline = deadline;
  }

  /** Reads the whole listing. */
  Snapshot read() throws SyncFailure, InterruptedException {
    while (true) {
      Answer answer = deadline.hasPassed() ? new Answer.OutOfTime() : ask();
      if (answer instanceof Answer.Read read) {
        listing.add(read.page());
        lastPageAt = deadline.elapsed();
        if (listing.hasEnded()) {
          return listing.snapshot(requests);
        }
      } else if (answer instanceof Answer.OutOfTime) {
        throw outOfTime();
      } else if (answer instanceof Answer.Refused refused && endsHere(refused.error())) {
        return refusedOffset();
      }
    }
  }

  private Answer ask() throws SyncFailure, InterruptedException {
    requests++;
    return pages.fetch(listing.received());
  }

  /** A refused offset means that the list shrank: it is read anew, or ends here. */
  private boolean endsHere(ApiError error) throws SyncFailure {
    if (!error.isInvalidOffset() || listing.received() == 0) {
      throw error.toFailure();
    }
    if (listing.endIsUnknown() || restarts == MAX_RESTARTS) {
      return true;
    }
    restarts++;
    listing = new Listing();
    return false;
  }

  private Snapshot refusedOffset() throws SyncFailure {
    return listing.endIsUnknown()
        ? listing.snapshot(requests)
        : listing.brokenOff(
            "the list shrank while it was read, %d times in a row, the last time after %s"
                .formatted(restarts + 1, listing.extent()),
            requests);
  }

  /**
   * Pages that still arrived lately say that the listing is too long; a silence, that it is cut.
   */
  private SyncFailure outOfTime() {
    String timeout = Deadline.text(deadline.timeout());
    if (lastPageAt == null) {
      return new SyncFailure(
          FailureReason.ENDPOINT_UNREACHABLE, "no answer from the cloud within " + timeout);
    }
    Duration silence = deadline.elapsed().minus(lastPageAt);
    if (silence.multipliedBy(2).compareTo(deadline.timeout()) > 0) {
      return new SyncFailure(
          FailureReason.ENDPOINT_UNREACHABLE,
          "the listing did not end within %s: no answer after %s"
              .formatted(timeout, listing.extent()));
    }
    return Listing.endless(
        "the listing did not end within %s: %s so far; a longer spec.timeout may help"
            .formatted(timeout, listing.extent()));
  }
}
