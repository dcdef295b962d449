package io.vpcep.operator.cloud;

import java.time.Duration;

/**
 * The requests that one account may make, shared fairly by those who make them. A listing waits for
 * its turn, oldest first; the pages after its first have a line of their own, and where both wait,
 * every third request is a page: so a long listing neither starves the short ones nor is starved.
 *
 * <p>Nobody sleeps here: who asks is told when to ask again, and keeps the place. Time is handed in
 * as nanoseconds that may begin anywhere. Thread-safe.
 */
final class Budget {
  /** Where the cloud names nothing but a long window, it is asked again this often. */
  private static final Duration PROBE = Duration.ofMinutes(1);

  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int TURNS_FOR_A_PAGE = 2;
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Pace pace;
  private final WaitingLine turns = new WaitingLine();
  private final WaitingLine pages = new WaitingLine();
  private int turnsInARow;

  private String throttled;
  private long throttledAt;
  private boolean othersAnswered;
  private Pace.Limits before;

  /** What a metric shows. */
  record Level(double requestsPerSecond, int waiting) {}

  Budget(long now) {
    this.pace = new Pace(now);
  }

  /** Until the requester should ask again for its turn to list; ZERO: it has it. */
  synchronized Duration untilTurn(String requester, long now) {
    return ask(turns, requester, now);
  }

  /** As {@link #untilTurn}; a turn that is there is taken. */
  synchronized Duration takeTurn(String requester, long now) {
    return take(turns, requester, now);
  }

  /**
   * Until the next page of a listing under way should be asked for again; ZERO: now.
   *
   * @param page the same object in each question about that page
   */
  synchronized Duration takePage(Object page, long now) {
    return take(pages, page, now);
  }

  /** Whether a requester waits for its turn, or has it. */
  synchronized boolean knows(String requester) {
    return turns.holds(requester);
  }

  /** What is left of the pause that the cloud asked for. */
  synchronized Duration paused(long now) {
    pace.advance(now);
    return pace.paused();
  }

  private Duration take(WaitingLine line, Object who, long now) {
    Duration wait = ask(line, who, now);
    if (wait.isZero()) {
      line.fetch(who);
    }
    return wait;
  }

  private Duration ask(WaitingLine line, Object who, long now) {
    serve(now);
    if (!line.holds(who)) {
      line.join(who, now);
      serve(now);
    }
    if (line.wasGiven(who)) {
      return Duration.ZERO;
    }
    Duration wait = estimate(line, line.position(who));
    line.comesBack(who, now + wait.toNanos());
    return wait;
  }

  private void serve(long now) {
    pace.advance(now);
    turns.expire(now);
    pages.expire(now);
    while (!(turns.isEmpty() && pages.isEmpty()) && pace.take()) {
      boolean page = turns.isEmpty() || (!pages.isEmpty() && turnsInARow >= TURNS_FOR_A_PAGE);
      (page ? pages : turns).giveToOldest(now);
      turnsInARow = page ? 0 : turnsInARow + 1;
    }
  }

  /** Those far behind come back early, for the rate may rise meanwhile; not all at one time. */
  private Duration estimate(WaitingLine line, int position) {
    double requests = position;
    if (line == turns && !pages.isEmpty()) {
      requests += Math.ceil((double) position / TURNS_FOR_A_PAGE);
    } else if (line == pages && !turns.isEmpty()) {
      requests += TURNS_FOR_A_PAGE * position - Math.min(turnsInARow, TURNS_FOR_A_PAGE);
    }
    Duration most =
        LONGEST
            .dividedBy(2)
            .plus(LONGEST.dividedBy(2).multipliedBy(position).dividedBy(line.size()));
    Duration wait = pace.until(requests, most);
    return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
  }

  /**
   * The cloud answered a requester, and did not throttle it.
   *
   * @param sentAt as in {@link #throttled}
   */
  synchronized void answered(String requester, long sentAt) {
    if (throttled == null || sentAt - throttledAt < 0) {
      return;
    }
    if (requester.equals(throttled)) {
      throttled = null;
    } else {
      othersAnswered = true;
    }
  }

  /**
   * The cloud throttled a request. When it is the same requester again, with answers to others
   * meanwhile, then the account is not what is throttled: the others are left alone.
   *
   * @param sentAt when its turn, or its page, was given
   */
  synchronized void throttled(String requester, long sentAt, long now, ApiError error) {
    pace.advance(now);
    if (requester.equals(throttled) && othersAnswered) {
      pace.restore(before);
      return;
    }
    if (!requester.equals(throttled)) {
      before = pace.learnt();
      throttled = requester;
    }
    throttledAt = now;
    othersAnswered = false;
    pace.throttled(sentAt, pause(error), error.limit());
  }

  private static Duration pause(ApiError error) {
    if (error.retryAfter() != null) {
      return least(error.retryAfter(), LONGEST_PAUSE);
    }
    return error.limit() == null ? Duration.ZERO : least(error.limit().window(), PROBE);
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  synchronized Level level(long now) {
    serve(now);
    return new Level(pace.rate(), turns.size() + pages.size());
  }
}
