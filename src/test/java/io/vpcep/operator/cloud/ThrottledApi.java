package io.vpcep.operator.cloud;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * An API that lets an account ask so often, the requesters of a budget that keep to their
 * intervals, and hours that pass in no time. Every request is answered after 50 milliseconds.
 */
final class ThrottledApi {
  static final long SECOND = 1_000_000_000L;
  private static final long LATENCY = SECOND / 20;

  final Budget budget = new Budget(0);
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private final Duration retryAfter;
  private double perSecond = Double.POSITIVE_INFINITY;
  private double tokens;
  private long refilledAt;
  private long number;
  private String refused;
  long now;
  int throttled;
  int answered;

  private record Event(long at, long number, Runnable happens) {}

  /**
   * @param retryAfter what a throttled request is told, or null
   */
  ThrottledApi(Duration retryAfter) {
    this.retryAfter = retryAfter;
  }

  /** From now on so many requests a second, or so many at once after a second's rest. */
  void allows(double requests) {
    perSecond = requests;
    tokens = requests;
    refilledAt = now;
  }

  /** Throttles every request of one requester, whatever the account asks. */
  void refuses(String requester) {
    refused = requester;
  }

  void in(long nanos, Runnable happens) {
    events.add(new Event(now + nanos, number++, happens));
  }

  void runFor(Duration duration) {
    long end = now + duration.toNanos();
    while (!events.isEmpty() && events.peek().at() <= end) {
      Event next = events.remove();
      now = next.at();
      next.happens().run();
    }
    now = end;
  }

  /** Sends a request, and says half a moment later how it went. */
  void send(String requester, Runnable onAnswer, Runnable onThrottled) {
    long sentAt = now;
    boolean fine = !requester.equals(refused) && admits();
    in(
        LATENCY,
        () -> {
          if (fine) {
            answered++;
            budget.answered(requester, sentAt);
            onAnswer.run();
          } else {
            throttled++;
            budget.throttled(
                requester, sentAt, now, new ApiError(429, null, null, null, retryAfter, null));
            onThrottled.run();
          }
        });
  }

  private boolean admits() {
    if (perSecond == Double.POSITIVE_INFINITY) {
      return true;
    }
    double earned = perSecond * (now - refilledAt) / SECOND;
    tokens = Math.min(perSecond, tokens + earned);
    refilledAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  Duration pauseAfterThrottling() {
    return (retryAfter == null ? Duration.ZERO : retryAfter).plusMillis(200);
  }
}
