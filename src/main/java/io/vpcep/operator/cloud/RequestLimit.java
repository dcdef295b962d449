package io.vpcep.operator.cloud;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cloud lets an account ask, as the message of a throttled request says: {@code
 * …limit:200,time:5 minute…}.
 *
 * @param perSecond requests, more than 0
 * @param window in which they are counted; after it there is room for all of them again
 */
record RequestLimit(double perSecond, Duration window) {
  /** Longer windows than the clouds know are not waited for to their end. */
  static final Duration MAX_WINDOW = Duration.ofHours(1);

  private static final Pattern TEXT =
      Pattern.compile(
          "limit\\W{1,4}(\\d{1,9})\\b[^\\d]{1,12}?time\\W{1,4}(\\d{0,6})\\s{0,3}"
              + "(seconds?|secs?|s|minutes?|mins?|m|hours?|h)\\b");

  /** The limit that a message names; the text comes from a cloud and may be anything. */
  static Optional<RequestLimit> in(String message) {
    if (message == null) {
      return Optional.empty();
    }
    Matcher matcher = TEXT.matcher(message.toLowerCase(Locale.ROOT));
    if (!matcher.find()) {
      return Optional.empty();
    }
    long requests = Long.parseLong(matcher.group(1));
    long count = matcher.group(2).isEmpty() ? 1 : Long.parseLong(matcher.group(2));
    if (requests == 0 || count == 0) {
      return Optional.empty();
    }
    Duration window = unit(matcher.group(3)).multipliedBy(count);
    double perSecond = (double) requests / window.toSeconds();
    return Optional.of(
        new RequestLimit(perSecond, window.compareTo(MAX_WINDOW) > 0 ? MAX_WINDOW : window));
  }

  private static Duration unit(String name) {
    return switch (name.charAt(0)) {
      case 's' -> Duration.ofSeconds(1);
      case 'm' -> Duration.ofMinutes(1);
      default -> Duration.ofHours(1);
    };
  }
}
