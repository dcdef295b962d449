package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.SyncFailure;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks for a page when the account has a request to spend, and tells its budget how that went. The
 * first request is the turn that the listing has; the waiting for others is no time of the listing.
 */
final class BudgetedPages implements PageSource {
  private final PageSource pages;
  private final Share share;
  private final Deadline deadline;
  private final AtomicBoolean turn;

  /**
   * @param turn true while the turn of the listing is not spent
   */
  BudgetedPages(PageSource pages, Share share, Deadline deadline, AtomicBoolean turn) {
    this.pages = pages;
    this.share = share;
    this.deadline = deadline;
    this.turn = turn;
  }

  @Override
  public Answer fetch(long offset) throws SyncFailure, InterruptedException {
    if (!turn.compareAndSet(true, false)) {
      long before = deadline.now();
      share.awaitPage(deadline.timeout());
      deadline.leaveOut(before);
    }
    long sentAt = deadline.now();
    Answer answer = pages.fetch(offset);
    if (answer instanceof Answer.Refused refused && refused.error().isThrottled()) {
      share.throttled(sentAt, refused.error());
    } else if (answer instanceof Answer.Read || answer instanceof Answer.Refused) {
      share.answered(sentAt);
    }
    return answer;
  }
}
