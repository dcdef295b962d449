package io.vpcep.operator.cloud;

/** What became of asking for one page, as far as the paging goes on from there. */
sealed interface Answer {

  /** The page. */
  record Read(Page page) implements Answer {}

  /** The cloud said no. */
  record Refused(ApiError error) implements Answer {}

  /** The time of the whole listing was up before the page was there. */
  record OutOfTime() implements Answer {}
}
