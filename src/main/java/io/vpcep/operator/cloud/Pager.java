package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;

/**
 * Asks for page after page until the listing ends, within its time. For one listing.
 *
 * <p>A listing that shifted while it was read (something was created or deleted, or changed places)
 * is read again, as long as there is time: only one that proves itself says what is missing.
 */
final class Pager {
  /** The first one included. */
  private static final int MOST_READINGS = 3;

  private final PageSource pages;
  private final Deadline deadline;
  private Listing listing = new Listing();
  private Listing former;
  private int requests;
  private int readings = 1;
  private Duration lastPageAt;
  private String lastRequestId;

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
        lastRequestId = read.requestId();
        if (listing.hasEnded()) {
          Snapshot snapshot = naming(() -> listing.snapshot(requests));
          if (isLastReading()) {
            return snapshot;
          }
        }
      } else if (answer instanceof Answer.OutOfTime) {
        return naming(this::outOfTime);
      } else if (answer instanceof Answer.Broken broken) {
        throw broken.failure();
      } else if (answer instanceof Answer.Refused refused && endsHere(refused.error())) {
        lastRequestId = refused.error().requestId();
        return naming(this::refusedOffset);
      }
    }
  }

  private interface Ending {
    Snapshot snapshot() throws SyncFailure;
  }

  /** What proves nothing, or does not end, names the last request that was answered. */
  private Snapshot naming(Ending ending) throws SyncFailure {
    try {
      return RequestIds.name(ending.snapshot(), lastRequestId);
    } catch (SyncFailure e) {
      throw RequestIds.name(e, lastRequestId);
    }
  }

  /** A listing that ended is read anew where that may prove it complete. */
  private boolean isLastReading() {
    boolean alike = former != null && listing.isLike(former);
    if (!listing.mayHaveShifted() || alike || !hasAnotherReading()) {
      return true;
    }
    former = listing;
    readAgain();
    return false;
  }

  /** Half of the time is left: another reading may take as long as those before. */
  private boolean hasAnotherReading() {
    return readings < MOST_READINGS
        && deadline.elapsed().multipliedBy(2).compareTo(deadline.timeout()) < 0;
  }

  private void readAgain() {
    readings++;
    listing = new Listing();
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
    if (listing.endIsUnknown() || !hasAnotherReading()) {
      return true;
    }
    readAgain();
    return false;
  }

  private Snapshot refusedOffset() throws SyncFailure {
    return listing.endIsUnknown()
        ? listing.snapshot(requests)
        : listing.brokenOff(
            "the list shrank while it was read, the last time after %s; it was read %s"
                .formatted(listing.extent(), readings == 1 ? "once" : readings + " times"),
            requests);
  }

  /**
   * What was read to its end before is shown at least. Else pages that still arrived lately say
   * that the listing is too long; a silence, that it is cut.
   */
  private Snapshot outOfTime() throws SyncFailure {
    if (former != null) {
      return former.snapshot(requests);
    }
    throw tooLate();
  }

  private SyncFailure tooLate() {
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
