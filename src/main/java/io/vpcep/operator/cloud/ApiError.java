package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;

/**
 * An answer that is not a page. Classified by status and code alone, never by its text, which
 * differs from cloud to cloud.
 *
 * @param status of HTTP
 * @param code error_code, or null
 * @param detail what else a person should read, clean and short, or null
 * @param requestId or null
 * @param retryAfter how long the cloud asked to be left alone, or null
 * @param limit what a throttled request's message says of the limit, or null
 */
record ApiError(
    int status,
    String code,
    String detail,
    String requestId,
    Duration retryAfter,
    RequestLimit limit) {
  private static final String INVALID_OFFSET = "EndPoint.0010";
  private static final String TOO_MANY_REQUESTS = "EndPoint.0022";

  /** While paging: the list is shorter than it was. */
  boolean isInvalidOffset() {
    return status == 400 && INVALID_OFFSET.equalsIgnoreCase(code);
  }

  /** Asked again in a moment, the cloud may say something else. */
  boolean isTransient() {
    return switch (status) {
      case 408, 429, 500, 502, 503, 504 -> true;
      default -> isThrottled();
    };
  }

  /** How long to leave the cloud alone, or null where it does not say. */
  Duration pause() {
    return retryAfter == null && limit != null ? limit.window() : retryAfter;
  }

  ApiError limitedTo(RequestLimit named) {
    return new ApiError(status, code, detail, requestId, retryAfter, named);
  }

  boolean isThrottled() {
    return reason() == FailureReason.THROTTLED;
  }

  FailureReason reason() {
    if (status == 429 || (status == 400 && TOO_MANY_REQUESTS.equalsIgnoreCase(code))) {
      return FailureReason.THROTTLED;
    }
    if (status == 408 || status >= 500) {
      return FailureReason.SERVER_ERROR;
    }
    if (status < 300) {
      return FailureReason.INVALID_RESPONSE;
    }
    return switch (status) {
      case 401 -> FailureReason.AUTHENTICATION_FAILED;
      case 403 -> FailureReason.ACCESS_DENIED;
      default -> FailureReason.REJECTED;
    };
  }

  SyncFailure toFailure() {
    return toFailure("the cloud");
  }

  /**
   * @param service who answered
   */
  SyncFailure toFailure(String service) {
    return new SyncFailure(reason(), message(service), pause(), null);
  }

  /** Such as {@code the cloud answered 400 EndPoint.0017 "Invalid sort_key" (request id 6f0a)}. */
  private String message(String service) {
    StringBuilder message = new StringBuilder(service).append(" answered ").append(status);
    if (code != null && !code.equals(Integer.toString(status))) {
      message.append(' ').append(code);
    }
    if (detail != null) {
      message.append(' ').append(detail);
    }
    if (requestId != null) {
      message.append(" (request id ").append(requestId).append(')');
    }
    return message.toString();
  }
}
