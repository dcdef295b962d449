package io.vpcep.operator.cloud;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How fast one account may be asked: as fast as the ceiling, until the cloud throttles. Then the
 * rate falls below what was really spent, and grows again with the time that no throttling is met:
 * hardly at first, so that a limit which stays is met seldom; more and more later, so that a limit
 * which is gone is forgotten within seconds. Time is handed in; the nanoseconds may begin anywhere.
 */
final class Pace {
  /** Requests a second, when nothing is known of a limit. */
  static final double CEILING = 100;

  /** Requests at once after a rest: what comes up in so many seconds. */
  private static final double BURST = 0.2;

  /** So that nothing is lost where somebody comes a moment late. */
  private static final double LEAST_BURST = 2;

  private static final double LEAST = 0.2;
  private static final double FALL = 0.8;

  /** Fewer requests in a second than this say little of how many would have been too many. */
  private static final int FEW = 10;

  /** Requests a second that come back in n quiet seconds: this much, times the cube of n. */
  private static final double GROWTH = 0.08;

  /** Of a limit that the cloud named: others may use the account, too. */
  private static final double SHARE = 0.9;

  /** A limit that was named holds for so many of its windows after it was named last. */
  private static final int WINDOWS = 3;

  private static final double STEP = 0.25;
  private static final double EPSILON = 1e-6;
  private static final long SECOND = 1_000_000_000L;

  private final Deque<Long> lastSecond = new ArrayDeque<>();
  private long now;

  /** Nanoseconds that were no pause: only in these is anything spent or learnt. */
  private long active;

  private double tokens;
  private long pausedUntil;
  private long fellAt;
  private Limits limits = new Limits(CEILING, Double.POSITIVE_INFINITY, 0);
  private long quietSince;

  /**
   * What has been learnt.
   *
   * @param base rate after the last fall
   * @param named the most that the cloud named
   * @param namedUntil the end of that
   */
  record Limits(double base, double named, long namedUntil) {}

  Pace(long now) {
    this.now = now;
    this.pausedUntil = now;
    this.fellAt = now - 1;
    this.tokens = burst();
  }

  /** Lets time pass; going back changes nothing. */
  void advance(long to) {
    long passed = to - now;
    if (passed <= 0) {
      return;
    }
    long paused = Math.min(passed, Math.max(0, pausedUntil - now));
    double before = rate();
    now = to;
    active += passed - paused;
    forgetNamedLimit();
    double earned = (before + rate()) / 2 * (passed - paused) / SECOND;
    tokens = Math.min(burst(), tokens + earned);
    while (!lastSecond.isEmpty() && active - lastSecond.getFirst() > SECOND) {
      lastSecond.removeFirst();
    }
  }

  private void forgetNamedLimit() {
    if (limits.named() < CEILING && now - limits.namedUntil() >= 0) {
      restart(new Limits(rate(), Double.POSITIVE_INFINITY, 0));
    }
  }

  private void restart(Limits learnt) {
    limits = learnt;
    quietSince = active;
  }

  /** Spends a request, where there is one to spend. */
  boolean take() {
    if (tokens < 1 - EPSILON || now - pausedUntil < 0) {
      return false;
    }
    tokens--;
    lastSecond.addLast(active);
    return true;
  }

  /** Requests a second, as of now. */
  double rate() {
    return rateIn(0);
  }

  private double rateIn(double seconds) {
    double quiet = (double) (active - quietSince) / SECOND + seconds;
    double grown = Math.min(CEILING, limits.base() + GROWTH * quiet * quiet * quiet);
    return Math.min(limits.named(), grown);
  }

  private double burst() {
    return Math.max(LEAST_BURST, rate() * BURST);
  }

  /** What is left of the pause that the cloud asked for. */
  Duration paused() {
    return Duration.ofNanos(Math.max(0, pausedUntil - now));
  }

  /** Until so many requests can be spent, should nothing happen; {@code most} at most. */
  Duration until(double requests, Duration most) {
    double limit = most.toNanos() / (double) SECOND;
    double seconds = 0;
    double missing = requests - tokens;
    while (missing > EPSILON && seconds < limit) {
      double rate = rateIn(seconds);
      double step = Math.min(STEP, missing / rate);
      missing -= rate * step;
      seconds += step;
    }
    long wait = (long) (Math.min(seconds, limit) * SECOND);
    return paused().plusNanos(wait);
  }

  /**
   * The cloud throttled a request.
   *
   * @param sentAt when the request was sent: one that was on its way when the rate fell says
   *     nothing of the new rate
   * @param pause how long nothing is to be sent
   * @param limit what the cloud named, or null
   */
  void throttled(long sentAt, Duration pause, RequestLimit limit) {
    long until = now + pause.toNanos();
    pausedUntil = until - pausedUntil > 0 ? until : pausedUntil;
    double base = rate();
    if (sentAt - fellAt >= 0) {
      base = Math.max(LEAST, FALL * Math.min(base, Math.max(FEW, lastSecond.size())));
      fellAt = now;
    }
    double named = limits.named();
    long namedUntil = limits.namedUntil();
    if (limit != null) {
      named = Math.min(named, SHARE * limit.perSecond());
      namedUntil = now + limit.window().multipliedBy(WINDOWS).toNanos();
    }
    restart(new Limits(base, named, namedUntil));
    tokens = Math.min(tokens, burst());
  }

  /** What is known now, for {@link #restore}. */
  Limits learnt() {
    return new Limits(rate(), limits.named(), limits.namedUntil());
  }

  /** Takes back what was concluded since, but for a rate that has grown beyond it. */
  void restore(Limits learnt) {
    pausedUntil = now;
    restart(new Limits(Math.max(rate(), learnt.base()), learnt.named(), learnt.namedUntil()));
  }
}
