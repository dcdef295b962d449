package io.vpcep.operator.cloud;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vpcep.operator.sync.EndpointService.Failure;
import io.vpcep.operator.sync.EndpointService.Port;
import io.vpcep.operator.sync.EndpointService.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the small objects within a service: ports (Table 5), tags (Table 6) and errors (Table 7),
 * each an array of objects or a single object; anything else among them is left out, apart from a
 * text among the errors, which is the message of one.
 */
final class ElementParser {
  private ElementParser() {}

  static List<Port> ports(JsonParser json) throws IOException {
    return objects(json, ElementParser::port);
  }

  static List<Tag> tags(JsonParser json) throws IOException {
    return objects(json, ElementParser::tag);
  }

  static List<Failure> failures(JsonParser json) throws IOException {
    return objects(json, ElementParser::failure);
  }

  /** Reads any one value; null for one that says nothing. */
  @FunctionalInterface
  private interface ObjectReader<T> {
    T read(JsonParser json) throws IOException;
  }

  private static <T> List<T> objects(JsonParser json, ObjectReader<T> reader) throws IOException {
    List<T> objects = new ArrayList<>();
    if (json.currentToken() == JsonToken.START_ARRAY) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        add(reader.read(json), objects);
      }
    } else {
      add(reader.read(json), objects);
    }
    return objects;
  }

  private static <T> void add(T object, List<T> objects) {
    if (object != null) {
      objects.add(object);
    }
  }

  /** Whether an object starts; passes over anything else. */
  private static boolean isObject(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      return true;
    }
    Json.skip(json);
    return false;
  }

  private static Port port(JsonParser json) throws IOException {
    if (!isObject(json)) {
      return null;
    }
    Long clientPort = null;
    Long serverPort = null;
    String protocol = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "client_port" -> clientPort = Json.number(json);
        case "server_port" -> serverPort = Json.number(json);
        case "protocol" -> protocol = Json.text(json);
        default -> Json.skip(json);
      }
    }
    return new Port(
        clientPort, serverPort, protocol == null || protocol.isBlank() ? "TCP" : protocol);
  }

  private static Tag tag(JsonParser json) throws IOException {
    if (!isObject(json)) {
      return null;
    }
    String key = null;
    String value = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "key" -> key = Json.text(json);
        case "value" -> value = Json.text(json);
        default -> Json.skip(json);
      }
    }
    return key == null ? null : new Tag(key, value);
  }

  private static Failure failure(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      String message = Json.text(json);
      return message.isBlank() ? null : new Failure(null, message);
    }
    if (!isObject(json)) {
      return null;
    }
    String code = null;
    String message = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "error_code", "code" -> code = Json.text(json);
        case "error_message", "error_msg", "message" -> message = Json.text(json);
        default -> Json.skip(json);
      }
    }
    return code == null && message == null ? null : new Failure(code, message);
  }
}
