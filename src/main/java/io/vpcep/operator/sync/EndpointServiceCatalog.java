package io.vpcep.operator.sync;

import java.time.Duration;

/** The port to the cloud: reads the VPC endpoint services of a cloud project. */
public interface EndpointServiceCatalog {

  /**
   * Asks for a turn to list: requesters share what a cloud bears, and none is to hold a thread
   * while it waits for the others. The requester keeps its place, as long as it comes back in time.
   *
   * @return ZERO: the turn is there, for the next {@link #list} of that requester; else the time
   *     after which to ask again
   */
  default Duration untilTurn(ListingRequest request) {
    return Duration.ZERO;
  }

  /**
   * Reads one whole listing, page by page, within the request's timeout. Waiting for other
   * requesters is no part of that. Without a turn it counts as a part of a listing under way.
   *
   * @param recognizer asked about each service as it is read
   * @return what was shown; possibly incomplete, which the snapshot says
   * @throws SyncFailure when nothing usable was shown, or the listing did not end and may be made
   *     up; classified, with a message that may be shown to people
   * @throws InterruptedException when the calling thread was interrupted
   */
  Snapshot list(ListingRequest request, Recognizer recognizer)
      throws SyncFailure, InterruptedException;

  /** Reads one whole listing and keeps all of it. */
  default Snapshot list(ListingRequest request) throws SyncFailure, InterruptedException {
    return list(request, Recognizer.NONE);
  }
}
