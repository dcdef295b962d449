package io.vpcep.operator.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A response as it goes onto the wire.
 *
 * @param status the HTTP status
 * @param headers its headers but {@code X-Request-Id} and those of the connection
 * @param body the whole body
 * @param sent how many bytes of the body are sent before the connection is cut; the length of the
 *     body where it is not
 */
record Answer(int status, Map<String, String> headers, byte[] body, int sent) implements Outcome {
  /** Absent fields are left out; an instant of whole seconds reads {@code 2018-01-30T07:42:01Z}. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.empty().withValueInclusion(JsonInclude.Include.NON_NULL))
          .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
          .build();

  private record ErrorBody(String errorCode, String errorMsg, String requestId) {}

  private record IdentityErrorBody(IdentityError error) {}

  private record IdentityError(int code, String message, String title) {}

  static Answer of(Page page) {
    return json(200, page);
  }

  /** As the service or the gateway in front of it says it; the gateway names the request. */
  static Answer of(ApiError error, String requestId) {
    String named = error.isOfGateway() ? requestId : null;
    return json(error.httpStatus(), new ErrorBody(error.code(), error.getMessage(), named));
  }

  /** As the identity service says it: with the status as a number where others have a code. */
  static Answer identityError(int status, String title, String message) {
    return json(status, new IdentityErrorBody(new IdentityError(status, message, title)));
  }

  static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, Map.of("Content-Type", contentType), body, body.length);
  }

  Answer with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Answer(status, Map.copyOf(more), body, sent);
  }

  Answer cutInHalf() {
    return new Answer(status, headers, body, body.length / 2);
  }

  /** {@code value} in JSON, with names in snake case and without what is absent. */
  static Answer json(int status, Object value) {
    try {
      return of(status, "application/json", JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
