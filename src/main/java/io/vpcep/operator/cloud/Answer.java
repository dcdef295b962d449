package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.SyncFailure;

/** What became of asking for one page, as far as the paging goes on from there. */
sealed interface Answer {

  /**
   * The page.
   *
   * @param requestId of the response, or null
   */
  record Read(Page page, String requestId) implements Answer {}

  /** The cloud said no. */
  record Refused(ApiError error) implements Answer {}

  /** No answer, or one that broke off; asked again in a moment, the cloud may do better. */
  record Broken(SyncFailure failure) implements Answer {}

  /** The time of the whole listing was up before the page was there. */
  record OutOfTime() implements Answer {}
}
