package io.vpcep.operator.sync;

/** The port to the cloud: reads the VPC endpoint services of a cloud project. */
public interface EndpointServiceCatalog {

  /**
   * Reads one whole listing, page by page, within the request's timeout.
   *
   * @return what was shown; possibly incomplete, which the snapshot says
   * @throws SyncFailure when nothing usable was shown, or the listing did not end and may be made
   *     up; classified, with a message that may be shown to people
   * @throws InterruptedException when the calling thread was interrupted
   */
  Snapshot list(ListingRequest request) throws SyncFailure, InterruptedException;
}
