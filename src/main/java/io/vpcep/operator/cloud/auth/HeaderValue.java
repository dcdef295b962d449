package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.util.regex.Pattern;

/** What may stand in a header. Checked here: OkHttp's own complaint would quote the value. */
final class HeaderValue {
  private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]+");

  private HeaderValue() {}

  /**
   * A secret without white space around it: a file that became a Secret ends in a line feed more
   * often than not.
   *
   * @param name what it is, for the message
   * @throws SyncFailure SECRET_INVALID when it cannot be sent
   */
  static String secret(String name, String value) throws SyncFailure {
    String stripped = value.strip();
    if (!isSendable(stripped)) {
      throw new SyncFailure(
          FailureReason.SECRET_INVALID,
          name + " is empty or holds characters that cannot be sent in a header");
    }
    return stripped;
  }

  static boolean isSendable(String value) {
    return SENDABLE.matcher(value).matches();
  }
}
