package io.vpcep.operator.cloud;

import io.vpcep.operator.cloud.auth.Authentication;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** One requester's part in the budget of its account. */
final class Share {
  private final Budgets budgets;
  private final Budget budget;
  private final String host;
  private final String requester;

  Share(Budgets budgets, Budget budget, String host, String requester) {
    this.budgets = budgets;
    this.budget = budget;
    this.host = host;
    this.requester = requester;
  }

  /** Until the requester should ask again for its turn; ZERO: the turn is there to be taken. */
  Duration untilTurn() {
    boolean first = !budget.knows(requester);
    Duration wait = budget.untilTurn(requester, budgets.now());
    if (first && !wait.isZero()) {
      budgets.hadToWait(host);
    }
    budgets.report(host);
    return wait;
  }

  /**
   * Takes the turn that was given; where none was, the listing is a part of one under way, and
   * waits as a page of it.
   *
   * @param most as in {@link #awaitPage}
   */
  void awaitTurn(Duration most) throws SyncFailure, InterruptedException {
    if (!budget.takeTurn(requester)) {
      awaitPage(most);
    }
    budgets.report(host);
  }

  /**
   * Waits until the next page may be asked for.
   *
   * @param most that a thread is held by it
   * @throws SyncFailure THROTTLED where the cloud asked for a longer pause than that
   */
  void awaitPage(Duration most) throws SyncFailure, InterruptedException {
    Object page = new Object();
    Duration wait = budget.takePage(page, budgets.now());
    if (!wait.isZero()) {
      budgets.hadToWait(host);
    }
    while (!wait.isZero()) {
      Duration paused = budget.paused(budgets.now());
      if (paused.compareTo(most) > 0) {
        throw new SyncFailure(
            FailureReason.THROTTLED,
            "the cloud throttles this account: the next page has to wait for "
                + Deadline.text(paused),
            paused,
            null);
      }
      budgets.waiter().await(wait);
      wait = budget.takePage(page, budgets.now());
    }
  }

  /**
   * The same pages, each asked for when there is a request to spend on it. The turn that was taken
   * is spent on the first request, whoever makes it.
   */
  Function<Authentication, PageSource> spentOn(
      Function<Authentication, PageSource> pages, Deadline deadline) {
    AtomicBoolean turn = new AtomicBoolean(true);
    return authentication -> new BudgetedPages(pages.apply(authentication), this, deadline, turn);
  }

  /** A request was answered, and not throttled. */
  void answered(long sentAt) {
    budget.answered(requester, sentAt);
  }

  /** A request was throttled. */
  void throttled(long sentAt, ApiError error) {
    budget.throttled(requester, sentAt, budgets.now(), error);
    budgets.report(host);
  }
}
