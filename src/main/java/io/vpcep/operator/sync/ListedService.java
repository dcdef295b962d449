package io.vpcep.operator.sync;

/**
 * A service in a page of a listing, as yet unread but for its id: nearly all of them are mirrored
 * just so already, and need not be read to tell. It is of use while the page is at it, and no
 * longer.
 */
public interface ListedService {
  /** The service's id; neither null nor blank. */
  String id();

  /**
   * 64 bits of what the cloud sent, under the key of this process: the same digest, the same
   * service. 0: there is none.
   */
  long digest();

  /** The service itself. */
  EndpointService read();
}
