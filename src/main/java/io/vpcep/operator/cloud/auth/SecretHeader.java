package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.HeaderValue;
import io.vpcep.operator.sync.SyncFailure;

/** A secret as a header carries it. */
final class SecretHeader {
  private SecretHeader() {}

  /**
   * The secret without white space around it.
   *
   * @param name what it is, for the message: OkHttp's own complaint would quote the value
   * @throws SyncFailure SECRET_INVALID when it cannot be sent
   */
  static String value(String name, String secret) throws SyncFailure {
    return HeaderValue.of(secret)
        .orElseThrow(
            () ->
                new SyncFailure(
                    FailureReason.SECRET_INVALID,
                    name + " is empty or holds characters that cannot be sent in a header"));
  }
}
