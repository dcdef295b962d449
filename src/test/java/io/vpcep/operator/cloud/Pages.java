package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.EndpointService;
import io.vpcep.operator.sync.Listed;
import io.vpcep.operator.sync.Recognizer;
import io.vpcep.operator.sync.SyncFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Pages and services for tests. */
final class Pages {
  private Pages() {}

  static EndpointService service(String id, String status) {
    return new EndpointService(
        id, null, status, null, List.of(), List.of(), null, null, null, null, null, null, null,
        null, List.of(), null, null, null, null, null, null, null);
  }

  static EndpointService service(String id) {
    return service(id, "available");
  }

  /** Services {@code s0} and so on, numbered from {@code from} (inclusive) to {@code to}. */
  static List<EndpointService> services(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> service("s" + i)).toList();
  }

  static Answer page(long total, EndpointService... services) {
    return page(total, List.of(services), Recognizer.NONE);
  }

  static Answer page(long total, List<EndpointService> services, Recognizer recognizer) {
    List<Page.Shown> shown =
        services.stream().map(it -> Page.Shown.of(new Listed(it), recognizer)).toList();
    return new Answer.Read(new Page(shown, total, shown.size(), 0), null);
  }

  /** As they are in a page of which nothing is recognized. */
  static List<Page.Shown> shown(List<EndpointService> services) {
    return services.stream().map(Pages::shown).toList();
  }

  static Page.Shown shown(EndpointService service) {
    return Page.Shown.of(new Listed(service), Recognizer.NONE);
  }

  /** The page that a body holds, of which nothing is recognized. */
  static Page parse(String json) throws SyncFailure, IOException {
    return parse(json.getBytes(StandardCharsets.UTF_8));
  }

  /** The page that a body holds, of which nothing is recognized. */
  static Page parse(byte[] body) throws SyncFailure, IOException {
    return PageParser.parse(new ByteArrayInputStream(body), Recognizer.NONE);
  }

  /** The services of a page, read. */
  static List<EndpointService> read(Page page) {
    return page.services().stream().map(Page.Shown::service).toList();
  }

  /** The page as JSON, with ids alone. */
  static String json(int from, int to, long total) {
    StringBuilder json = new StringBuilder("{\"endpoint_services\":[");
    for (int i = from; i < to; i++) {
      json.append(i == from ? "" : ",").append("{\"id\":\"s").append(i).append("\"}");
    }
    return json.append("],\"total_count\":").append(total).append('}').toString();
  }
}
