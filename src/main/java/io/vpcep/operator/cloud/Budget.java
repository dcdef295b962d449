package io.vpcep.operator.cloud;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

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

  /** So many answers to others between two refusals show that it is not the account. */
  private static final int PROOF = 5;

  private static final Duration LONGEST_SLOT = Duration.ofSeconds(1);

  /** Who asks may overtake those ahead who are to be served within so many seconds. */
  private static final double REACH = 2;

  private static final long KEPT = Duration.ofSeconds(30).toNanos();
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Pace pace;
  private final WaitingLine turns = new WaitingLine();
  private final WaitingLine pages = new WaitingLine();

  /** Turns that were given and not taken, and since when. */
  private final Map<String, Long> given = new HashMap<>();

  private int turnsInARow;

  private String throttled;
  private long throttledAt;
  private int othersAnswered;
  private Pace.Limits before;

  /** What a metric shows. */
  record Level(double requestsPerSecond, int waiting) {}

  Budget(long now) {
    this.pace = new Pace(now);
  }

  /** Until the requester should ask again for its turn to list; ZERO: it has it. */
  synchronized Duration untilTurn(String requester, long now) {
    given.values().removeIf(since -> now - since > KEPT);
    if (given.containsKey(requester)) {
      return Duration.ZERO;
    }
    Duration wait = ask(turns, requester, now);
    if (wait.isZero()) {
      given.put(requester, now);
    }
    return wait;
  }

  /** Takes the turn that {@link #untilTurn} gave; false: there is none. */
  synchronized boolean takeTurn(String requester) {
    return given.remove(requester) != null;
  }

  /**
   * Until the next page of a listing under way should be asked for again; ZERO: now.
   *
   * @param page the same object in each question about that page
   */
  synchronized Duration takePage(Object page, long now) {
    return ask(pages, page, now);
  }

  /** Whether a requester waits for its turn, or has it. */
  synchronized boolean knows(String requester) {
    return turns.holds(requester) || given.containsKey(requester);
  }

  /** What is left of the pause that the cloud asked for. */
  synchronized Duration paused(long now) {
    pace.advance(now);
    return pace.paused();
  }

  private Duration ask(WaitingLine line, Object who, long now) {
    pace.advance(now);
    turns.expire(now);
    pages.expire(now);
    line.ask(who, now);
    int position = line.position(who, now);
    if (isNext(line, position, now) && pace.take()) {
      line.leave(who);
      turnsInARow = line == turns ? turnsInARow + 1 : 0;
      return Duration.ZERO;
    }
    Duration wait = estimate(line, position);
    line.comesBack(who, now + wait.toNanos());
    return wait;
  }

  /** Those ahead who ask again later may be overtaken, by a few; the other line has its share. */
  private boolean isNext(WaitingLine line, int position, long now) {
    int reach = reach();
    boolean othersFirst = (line == pages) == (turnsInARow < TURNS_FOR_A_PAGE);
    WaitingLine others = line == pages ? turns : pages;
    return position <= reach
        && !(othersFirst && others.expectsOneOf(reach, now, now + slot().toNanos()));
  }

  private int reach() {
    return (int) Math.max(1, pace.rate() * REACH);
  }

  /** The time in which one request comes up; of a very slow account, less. */
  private Duration slot() {
    Duration slot = Duration.ofNanos((long) (1_000_000_000L / pace.rate()));
    return least(slot, LONGEST_SLOT);
  }

  /** Those far behind come back early, for the rate may rise meanwhile; not all at one time. */
  private Duration estimate(WaitingLine line, int position) {
    double requests = position;
    if (line == turns && !pages.isEmpty()) {
      requests += Math.ceil((double) position / TURNS_FOR_A_PAGE);
    } else if (line == pages && !turns.isEmpty()) {
      requests += TURNS_FOR_A_PAGE * position - Math.min(turnsInARow, TURNS_FOR_A_PAGE);
    }
    Duration wait = pace.until(requests, LONGEST);
    if (wait.minus(pace.paused()).compareTo(LONGEST) >= 0) {
      wait = wait.minus(LONGEST.multipliedBy(line.size() - position).dividedBy(2L * line.size()));
    }
    return wait.compareTo(slot()) < 0 ? slot() : wait;
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
      othersAnswered++;
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
    if (requester.equals(throttled) && othersAnswered >= PROOF) {
      pace.restore(before);
      return;
    }
    if (!requester.equals(throttled)) {
      before = pace.learnt();
      throttled = requester;
    }
    throttledAt = now;
    othersAnswered = 0;
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
    pace.advance(now);
    return new Level(pace.rate(), turns.size() + pages.size());
  }
}
