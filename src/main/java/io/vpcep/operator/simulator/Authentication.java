package io.vpcep.operator.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Decides whether a listing is for the one who asks. */
interface Authentication {

  /** Lets everything pass. */
  Authentication NONE = (request, projectId) -> {};

  /**
   * Checks who asks.
   *
   * @param projectId the project that is asked for; there may be none of that id
   * @throws ApiError 401 where it is nobody who is known
   */
  void check(Request request, String projectId) throws ApiError;

  /** Compares in constant time, as those do who mind being measured. */
  static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
