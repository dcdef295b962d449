package io.vpcep.operator.simulator;

import java.time.Duration;

/**
 * How often the simulated cloud changes by itself, over all its projects.
 *
 * @param events changes in each period, at least 1
 * @param per the period, longer than zero; not more than 1,000 changes a second
 */
public record Churn(int events, Duration per) {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);

  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException naming the option and the remedy
   */
  public Churn {
    if (events < 1 || per.isNegative() || per.isZero()) {
      throw new IllegalArgumentException(
          "--churn must be at least one change in a period: leave it out for no change");
    }
    if (per.dividedBy(events).compareTo(SHORTEST_PAUSE) < 0) {
      throw new IllegalArgumentException("--churn must be at most 1000/s: choose a lower rate");
    }
  }

  /**
   * Reads a rate.
   *
   * @param text a whole number of changes, a slash and {@code s}, {@code min} or {@code h}: {@code
   *     5/min}
   * @throws IllegalArgumentException naming the option and the remedy
   */
  public static Churn parse(String text) {
    Rate rate =
        Rate.parse(text)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--churn must be a whole number of changes in a second, minute or hour,"
                            + " such as 2/s, 5/min or 30/h, but is \""
                            + text
                            + "\""));
    return new Churn(rate.count(), rate.per());
  }

  /** The pause between two changes. */
  Duration pause() {
    return per.dividedBy(events);
  }
}
