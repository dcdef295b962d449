package io.vpcep.operator.cloud;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ListedService;
import io.vpcep.operator.sync.Recognizer;
import io.vpcep.operator.sync.SyncFailure;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks through the body of a page (Table 3) in one pass and finds its services, of which those are
 * read that are not recognized by their bytes. For one body.
 */
final class PageParser {
  /** One more than a listing may hold, so that the listing notices. */
  private static final int MAX_COLLECTED = Listing.MAX_SERVICES + 1;

  private final ElementWindow window;
  private final Recognizer recognizer;
  private List<Page.Shown> services;
  private int elements;
  private int skipped;
  private Long totalCount;

  private PageParser(ElementWindow window, Recognizer recognizer) {
    this.window = window;
    this.recognizer = recognizer;
  }

  /**
   * Reads a page; an element that makes no sense is left out and counted.
   *
   * @throws SyncFailure INVALID_RESPONSE when it is not a page, or over a limit
   * @throws IOException when the body cannot be read to its end
   */
  static Page parse(InputStream body, Recognizer recognizer) throws SyncFailure, IOException {
    ElementWindow window = new ElementWindow(body);
    try (JsonParser json = Json.parser(window)) {
      return new PageParser(window, recognizer).parse(json);
    } catch (StreamConstraintsException e) {
      throw invalid("the cloud's answer is over a limit: " + limit(e), e);
    } catch (JsonEOFException e) {
      throw invalid("the cloud's answer is JSON that is cut off", e);
    } catch (JacksonException e) {
      String where = e.getLocation() == null ? "" : " after line " + e.getLocation().getLineNr();
      throw invalid("the cloud's answer is not JSON" + where, e);
    } catch (CharConversionException e) {
      throw invalid("the cloud's answer is not JSON: its characters cannot be decoded", e);
    }
  }

  private Page parse(JsonParser json) throws SyncFailure, IOException {
    JsonToken first = json.nextToken();
    if (first == null) {
      throw invalid("the cloud's answer is empty", null);
    }
    if (first != JsonToken.START_OBJECT) {
      throw invalid("the cloud's answer is JSON, but no object", null);
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "endpoint_services" -> readServices(json);
        case "total_count" -> totalCount = Json.number(json);
        default -> Json.skip(json);
      }
    }
    if (json.nextToken() != null) {
      throw invalid("the cloud's answer goes on after the JSON object", null);
    }
    if (services == null) {
      throw invalid("the cloud's answer has no endpoint_services", null);
    }
    return new Page(services, totalCount, elements, skipped);
  }

  /** Of a name that comes twice the last counts; null is how some servers write no elements. */
  private void readServices(JsonParser json) throws SyncFailure, IOException {
    services = new ArrayList<>();
    elements = 0;
    skipped = 0;
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw invalid("the cloud's answer has endpoint_services that are no array", null);
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements++;
      readService(json);
    }
  }

  private void readService(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      Json.skip(json);
      skipped++;
    } else if (services.size() == MAX_COLLECTED) {
      Json.skip(json);
    } else {
      element(json)
          .map(service -> Page.Shown.of(service, recognizer))
          .ifPresentOrElse(services::add, () -> skipped++);
    }
  }

  private Optional<ListedService> element(JsonParser json) throws IOException {
    long start = json.currentTokenLocation().getByteOffset();
    if (start < 0) {
      // It is not in UTF-8, and counts in characters.
      return ServiceParser.parse(json).map(ReadElement::new);
    }
    window.keepFrom(start);
    String id = ServiceParser.id(json);
    ByteBuffer element = window.take(json.currentLocation().getByteOffset());
    if (element.remaining() > Json.MAX_STRING) {
      checkStrings(element);
    }
    return Optional.ofNullable(id).map(it -> new PageElement(it, element));
  }

  /** A shorter element has no string that is too long, and needs not be decoded to tell. */
  private static void checkStrings(ByteBuffer element) throws IOException {
    try (JsonParser json = Json.parser(element)) {
      json.nextToken();
      Json.skip(json);
    }
  }

  private static String limit(StreamConstraintsException e) {
    if (e instanceof ElementWindow.TooLarge) {
      return e.getOriginalMessage();
    }
    // Jackson says which limit by naming its getter, and in no other way.
    String message = String.valueOf(e.getMessage());
    if (message.contains("getMaxDocumentLength")) {
      return "a page of more than %d MiB".formatted(Json.MAX_BYTES >> 20);
    }
    if (message.contains("getMaxStringLength") || message.contains("getMaxNameLength")) {
      return "a string of more than %d characters".formatted(Json.MAX_STRING);
    }
    if (message.contains("getMaxNestingDepth")) {
      return "a nesting of more than %d levels".formatted(Json.MAX_DEPTH);
    }
    if (message.contains("getMaxNumberLength")) {
      return "a number of more than %d digits".formatted(Json.MAX_DIGITS);
    }
    return "a page of more than %d elements".formatted(Json.MAX_TOKENS);
  }

  private static SyncFailure invalid(String message, Exception cause) {
    return new SyncFailure(FailureReason.INVALID_RESPONSE, message, null, cause);
  }
}
