package io.vpcep.operator.cloud.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.HeaderValue;
import io.vpcep.operator.sync.SyncFailure;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;

/** The small JSON body of an answer with credentials. Messages name fields and show no value. */
final class JsonReply {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_STRING = 65_536;
  private static final Pattern ZONE = Pattern.compile(".*(?:[zZ]|[+-][0-9]{2}:?[0-9]{2})");

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(MAX_DEPTH)
                      .maxStringLength(MAX_STRING)
                      .build())
              // Names come from outside: none may stay for good.
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .build());

  private final JsonNode root;
  private final String service;

  private JsonReply(JsonNode root, String service) {
    this.root = root;
    this.service = service;
  }

  /**
   * Reads a body.
   *
   * @param service who answered, for messages
   * @throws SyncFailure INVALID_RESPONSE for anything but a JSON object
   */
  static JsonReply of(IdentityCalls.Reply reply, String service) throws SyncFailure {
    try {
      JsonNode root = MAPPER.readTree(reply.body());
      if (root != null && root.isObject()) {
        return new JsonReply(root, service);
      }
    } catch (IOException e) {
      // Not as a cause: Jackson may quote what it read, and that may be a key.
    }
    throw new SyncFailure(FailureReason.INVALID_RESPONSE, service + " answered no JSON object");
  }

  /** A part of credentials that a header can carry. */
  String secret(String parent, String field) throws SyncFailure {
    return HeaderValue.of(root.path(parent).path(field).textValue())
        .orElseThrow(() -> unusable(parent, field));
  }

  /** A time with up to nine fraction digits; without a zone it is UTC. */
  Instant instant(String parent, String field) throws SyncFailure {
    String text = root.path(parent).path(field).asText("").strip();
    try {
      return Instant.parse(ZONE.matcher(text).matches() ? text : text + "Z");
    } catch (DateTimeException e) {
      throw unusable(parent, field);
    }
  }

  private SyncFailure unusable(String parent, String field) {
    return new SyncFailure(
        FailureReason.INVALID_RESPONSE,
        "%s answered without a usable %s.%s".formatted(service, parent, field));
  }
}
