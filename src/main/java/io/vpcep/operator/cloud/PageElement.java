package io.vpcep.operator.cloud;

import com.fasterxml.jackson.core.JsonParser;
import io.vpcep.operator.sync.EndpointService;
import io.vpcep.operator.sync.ListedService;
import io.vpcep.operator.sync.SipHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** An element of endpoint_services in the bytes that were sent, until more of the page is read. */
final class PageElement implements ListedService {
  private final String id;
  private final ByteBuffer json;

  /**
   * An element.
   *
   * @param json a whole JSON object in UTF-8, which has been walked through before, and is within
   *     every limit
   */
  PageElement(String id, ByteBuffer json) {
    this.id = id;
    this.json = json;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public long digest() {
    return SipHash.ofThisProcess()
        .digest(json.array(), json.arrayOffset() + json.position(), json.remaining());
  }

  @Override
  public EndpointService read() {
    try (JsonParser parser = Json.parser(json)) {
      parser.nextToken();
      return ServiceParser.parse(parser).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("what was walked through reads", e);
    }
  }
}
