package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.SyncFailure;

/** Where the pages of one listing come from. */
interface PageSource {

  /**
   * Asks for the page after {@code offset} elements.
   *
   * @throws SyncFailure when there was no answer, or one that makes no sense
   */
  Answer fetch(long offset) throws SyncFailure, InterruptedException;
}
