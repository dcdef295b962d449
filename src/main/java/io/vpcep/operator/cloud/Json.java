package io.vpcep.operator.cloud;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON token by token, within limits, and lenient about the kind of a value: the clouds send
 * numbers and booleans as strings too. Each read leaves the parser on the last token of the value.
 */
final class Json {
  /** Decoded bytes of a page. */
  static final int MAX_BYTES = 16 << 20;

  /** Characters of a string, and of a name. */
  static final int MAX_STRING = 65_536;

  /** Objects and arrays within each other. */
  static final int MAX_DEPTH = 32;

  /** Digits of a number. */
  static final int MAX_DIGITS = 100;

  /** Names, values and brackets: small ones cost more memory here than on the wire. */
  static final int MAX_TOKENS = 2_000_000;

  /** Also as a decimal, since some encoders know no other numbers. */
  private static final Pattern WHOLE = Pattern.compile("(-?[0-9]{1,19})(?:\\.0{1,100})?");

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(MAX_BYTES)
                  .maxStringLength(MAX_STRING)
                  .maxNameLength(MAX_STRING)
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_DIGITS)
                  .maxTokenCount(MAX_TOKENS)
                  .build())
          // Names come from outside: none may stay for good.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private Json() {}

  static JsonParser parser(InputStream body) throws IOException {
    return FACTORY.createParser(body);
  }

  static JsonParser parser(byte[] body) throws IOException {
    return FACTORY.createParser(body);
  }

  /** Of what is left in a buffer that has an array. */
  static JsonParser parser(ByteBuffer body) throws IOException {
    return FACTORY.createParser(
        body.array(), body.arrayOffset() + body.position(), body.remaining());
  }

  /** A string, or the text of a number or boolean; null for anything else. */
  static String text(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL || !json.currentToken().isScalarValue()) {
      skip(json);
      return null;
    }
    return json.getText();
  }

  /**
   * A whole number, also as a string and with nothing but zeros behind the point ({@code 80.0});
   * null for anything else, such as one beyond 64 bits.
   */
  static Long number(JsonParser json) throws IOException {
    String text = text(json);
    Matcher whole = WHOLE.matcher(text == null ? "" : text.strip());
    if (!whole.matches()) {
      return null;
    }
    try {
      return Long.valueOf(whole.group(1));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** A boolean, also as a string in any case of letters; null for anything else. */
  static Boolean bool(JsonParser json) throws IOException {
    String text = text(json);
    if (text == null) {
      return null;
    }
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> null;
    };
  }

  /**
   * Passes over the value, with every limit kept: Jackson's own way does not look at how long
   * strings are, but then decodes none.
   */
  static void skip(JsonParser json) throws IOException {
    int depth = 0;
    JsonToken token = json.currentToken();
    while (true) {
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else {
        json.streamReadConstraints().validateStringLength(json.getTextLength());
      }
      if (depth == 0) {
        return;
      }
      token = json.nextToken();
    }
  }
}
