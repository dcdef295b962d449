package io.vpcep.operator.simulator;

import java.time.Duration;

/**
 * How many listings of all projects together the simulated cloud answers in a while. Those over it
 * are refused: 429 {@code APIGW.0308}, without {@code Retry-After}.
 *
 * @param requests listings in each period, at least 1
 * @param per the period, whole seconds; it begins anew where the clock is a multiple of it
 */
public record Throttle(int requests, Duration per) {

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException naming the option and the remedy
   */
  public Throttle {
    new Checks()
        .expect(
            requests >= 1,
            "--throttle must let at least one request pass in a period: --fault throttled lets none")
        .expect(
            per.toSeconds() >= 1 && per.equals(Duration.ofSeconds(per.toSeconds())),
            "--throttle must have a period of whole seconds")
        .done();
  }

  /**
   * Reads a limit.
   *
   * @param text a whole number of requests, a slash and {@code s}, {@code min} or {@code h}: {@code
   *     20/s}
   * @throws IllegalArgumentException naming the option and the remedy
   */
  public static Throttle parse(String text) {
    Rate rate =
        Rate.parse(text)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--throttle must be a whole number of requests in a second, minute or"
                            + " hour, such as 20/s, 200/min or 1000/h, but is \""
                            + text
                            + "\""));
    return new Throttle(rate.count(), rate.per());
  }

  /** As a gateway says it: {@code limit:20,time:1 second}. */
  String text() {
    long seconds = per.toSeconds();
    String time =
        seconds % 3600 == 0
            ? seconds / 3600 + " hour"
            : seconds % 60 == 0 ? seconds / 60 + " minute" : seconds + " second";
    return "limit:%d,time:%s".formatted(requests, time);
  }
}
