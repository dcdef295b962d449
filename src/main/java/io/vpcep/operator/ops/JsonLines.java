package io.vpcep.operator.ops;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.JsonEscapeUtil;

/**
 * Logback's JSON, with the message as it reads and the time in RFC 3339, where Logback's own fields
 * are a template without its arguments and a number of milliseconds.
 */
final class JsonLines extends JsonEncoder {
  JsonLines() {
    setWithSequenceNumber(false);
    setWithNanoseconds(false);
    setWithContext(false);
    setWithTimestamp(false);
    setWithMessage(false);
    setWithArguments(false);
  }

  @Override
  protected void appendCustomFields(StringBuilder line, ILoggingEvent event) {
    append(line, MESSAGE_ATTR_NAME, String.valueOf(event.getFormattedMessage()));
    append(line, TIMESTAMP_ATTR_NAME, event.getInstant().toString());
  }

  private void append(StringBuilder line, String name, String value) {
    line.append(',');
    appenderMember(line, name, JsonEscapeUtil.jsonEscapeString(value));
  }
}
