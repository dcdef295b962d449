package io.vpcep.operator.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** So many in a period, as options write it: {@code 2/s}, {@code 5/min}, {@code 30/h}. */
record Rate(int count, Duration per) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,7})/(s|min|h)");
  private static final Map<String, Duration> UNITS =
      Map.of("s", Duration.ofSeconds(1), "min", Duration.ofMinutes(1), "h", Duration.ofHours(1));

  /** The rate; empty where {@code text} is none. */
  static Optional<Rate> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new Rate(Integer.parseInt(matcher.group(1)), UNITS.get(matcher.group(2))))
        : Optional.empty();
  }
}
