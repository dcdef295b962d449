package io.vpcep.operator.cloud;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * What an error's body says, in any of the shapes in use: {@code error_code} and {@code error_msg}
 * (the service, the gateway), or {@code error} with {@code code} and {@code message} (the main
 * cloud; IAM, whose code is a number). Every part may be null.
 */
record ErrorBody(String code, String message, String requestId) {

  /** Reads what there is: a body that is no JSON, or is cut, says what came before that. */
  static ErrorBody of(byte[] body) {
    Parts parts = new Parts();
    try (JsonParser json = Json.parser(body)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        parts.read(json);
      }
    } catch (IOException ignored) {
      // HTML, text or nothing: the status says enough.
    }
    return new ErrorBody(parts.code, parts.message, parts.requestId);
  }

  private static final class Parts {
    private String code;
    private String message;
    private String requestId;

    void read(JsonParser json) throws IOException {
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        switch (name) {
          case "error_code", "code" -> code = Json.text(json);
          case "error_msg", "error_message", "message" -> message = Json.text(json);
          case "request_id" -> requestId = Json.text(json);
          case "error" -> readNested(json, value);
          default -> Json.skip(json);
        }
      }
    }

    private void readNested(JsonParser json, JsonToken value) throws IOException {
      if (value == JsonToken.START_OBJECT) {
        read(json);
      } else {
        Json.skip(json);
      }
    }
  }
}
