package io.vpcep.operator.cloud;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Response;
import okio.BufferedSource;

/** Reads a response that is not a page into an {@link ApiError}, as far as it can be read. */
final class ApiErrorReader {
  private static final int MAX_BODY = 64 << 10;
  private static final int MAX_NAME = 80;
  private static final Duration MAX_RETRY_AFTER = Duration.ofDays(1);

  private final Redaction redaction;
  private final InstantSource clock;

  ApiErrorReader(Redaction redaction, InstantSource clock) {
    this.redaction = redaction;
    this.clock = clock;
  }

  ApiError read(Response response) {
    ErrorBody body = ErrorBody.of(start(response.body().source()));
    ApiError error =
        new ApiError(
            response.code(),
            redaction.clean(body.code(), MAX_NAME),
            detail(response, body),
            requestId(response, body.requestId()),
            retryAfter(response.header("Retry-After")),
            null);
    return error.isThrottled()
        ? RequestLimit.in(body.message()).map(error::limitedTo).orElse(error)
        : error;
  }

  private String detail(Response response, ErrorBody body) {
    String location = response.header("Location");
    if (response.isRedirect() && location != null) {
      HttpUrl target = response.request().url().resolve(location);
      return "with a redirect to %s, which is not followed"
          .formatted(target == null ? "nowhere" : redaction.clean(target.host()));
    }
    String message = redaction.clean(body.message());
    if (message != null) {
      return '"' + message + '"';
    }
    MediaType type = response.body().contentType();
    return type == null || body.code() != null ? null : "with " + name(type);
  }

  /** The id that a response names in its headers, or null. */
  String requestId(Response response) {
    return requestId(response, null);
  }

  private String requestId(Response response, String otherwise) {
    return redaction.clean(response.header("X-Request-Id", otherwise), MAX_NAME);
  }

  /** Without its parameters, and bounded. */
  String name(MediaType type) {
    return redaction.clean(type.type() + "/" + type.subtype(), MAX_NAME);
  }

  /** The body's first part; a body that breaks off does not hide the status. */
  private static byte[] start(BufferedSource body) {
    try {
      body.request(MAX_BODY);
    } catch (IOException ignored) {
      // What is in the buffer was read before.
    }
    try {
      return body.getBuffer().readByteArray(Math.min(MAX_BODY, body.getBuffer().size()));
    } catch (IOException e) {
      throw new IllegalStateException("a buffer holds less than its size", e);
    }
  }

  /** Seconds or a date (RFC 9110, 10.2.3); null for anything else. */
  private Duration retryAfter(String header) {
    if (header == null) {
      return null;
    }
    String value = header.strip();
    if (value.matches("[0-9]{1,9}")) {
      return bounded(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return bounded(Duration.between(clock.instant(), date));
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static Duration bounded(Duration duration) {
    if (duration.isNegative()) {
      return Duration.ZERO;
    }
    return duration.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : duration;
  }
}
