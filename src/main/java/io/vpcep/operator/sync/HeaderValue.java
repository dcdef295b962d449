package io.vpcep.operator.sync;

import java.util.Optional;
import java.util.regex.Pattern;

/** What may stand in a header: visible ASCII, without white space (RFC 9110, 5.5, and narrower). */
public final class HeaderValue {
  private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]+");

  private HeaderValue() {}

  /**
   * The text without white space around it, since a file that became a Secret ends in a line feed
   * more often than not; empty where no header can hold it.
   */
  public static Optional<String> of(String text) {
    return Optional.ofNullable(text).map(String::strip).filter(HeaderValue::isSendable);
  }

  /** True where a header can hold the text as it is. */
  public static boolean isSendable(String text) {
    return SENDABLE.matcher(text).matches();
  }
}
