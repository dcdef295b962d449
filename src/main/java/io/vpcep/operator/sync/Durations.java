package io.vpcep.operator.sync;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as Kubernetes users write them: {@code 30s}, {@code 5m}, {@code 1h30m}. */
final class Durations {
  private static final Pattern WHOLE = Pattern.compile("([0-9]+(\\.[0-9]+)?(h|m|s|ms))+");
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|h|m|s)");
  private static final Map<String, Long> MILLIS =
      Map.of("h", 3_600_000L, "m", 60_000L, "s", 1_000L, "ms", 1L);

  /** Longer than anybody waits, and short enough for every sum of durations. */
  private static final BigDecimal LONGEST_MILLIS =
      BigDecimal.valueOf(Duration.ofDays(3650).toMillis());

  private Durations() {}

  /** The duration, at most ten years; empty where {@code text} is not one. */
  static Optional<Duration> parse(String text) {
    if (text.length() > 64 || !WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal millis = BigDecimal.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      BigDecimal unit = BigDecimal.valueOf(MILLIS.get(part.group(2)));
      millis = millis.add(new BigDecimal(part.group(1)).multiply(unit));
    }
    return Optional.of(
        Duration.ofMillis(
            millis.min(LONGEST_MILLIS).setScale(0, RoundingMode.CEILING).longValue()));
  }

  /** Writes a duration the way {@link #parse} reads it. */
  static String show(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
