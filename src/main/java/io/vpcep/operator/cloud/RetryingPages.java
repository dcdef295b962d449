package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Asks again for a page that transient trouble kept from coming, after a pause that doubles, within
 * the time of the listing. What the cloud asked to be left alone is kept to; where that is longer
 * than the time that is left, the listing ends at once. The last answer is the one that counts.
 */
final class RetryingPages implements PageSource {
  private static final int ATTEMPTS = 4;
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final PageSource pages;
  private final Deadline deadline;
  private final Waiter waiter;
  private final DoubleSupplier chance;

  /**
   * @param chance numbers from 0 (inclusive) to 1 (exclusive)
   */
  RetryingPages(PageSource pages, Deadline deadline, Waiter waiter, DoubleSupplier chance) {
    this.pages = pages;
    this.deadline = deadline;
    this.waiter = waiter;
    this.chance = chance;
  }

  @Override
  public Answer fetch(long offset) throws SyncFailure, InterruptedException {
    Answer answer = pages.fetch(offset);
    for (int attempt = 1; attempt < ATTEMPTS && isTransient(answer); attempt++) {
      Duration pause = pause(attempt, answer);
      if (pause.compareTo(deadline.remaining()) >= 0) {
        return answer;
      }
      waiter.await(pause);
      answer = pages.fetch(offset);
    }
    return answer;
  }

  private static boolean isTransient(Answer answer) {
    return answer instanceof Answer.Broken
        || (answer instanceof Answer.Refused refused && refused.error().isTransient());
  }

  /** Half of it is left to chance, so that those who failed together do not return together. */
  private Duration pause(int attempt, Answer answer) {
    Duration doubled = FIRST.multipliedBy(1L << (attempt - 1));
    Duration most = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    Duration backoff = Duration.ofNanos((long) (most.toNanos() * (0.5 + chance.getAsDouble() / 2)));
    Duration asked = answer instanceof Answer.Refused refused ? refused.error().pause() : null;
    return asked == null || asked.isZero() ? backoff : asked.plus(backoff);
  }
}
