package io.vpcep.operator.cloud;

import com.fasterxml.jackson.core.JsonParser;
import io.vpcep.operator.sync.EndpointService;
import io.vpcep.operator.sync.ListedService;
import io.vpcep.operator.sync.SipHash;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An element of endpoint_services in the bytes that were sent. */
final class PageElement implements ListedService {
  private final String id;
  private final byte[] json;

  /**
   * An element.
   *
   * @param json a whole JSON object in UTF-8, which has been walked through before
   */
  PageElement(String id, byte[] json) {
    this.id = id;
    this.json = json;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public long digest() {
    return SipHash.ofThisProcess().digest(json, json.length);
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
