package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.EndpointService;
import io.vpcep.operator.sync.Listed;
import io.vpcep.operator.sync.ListedService;
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
    return new Answer.Read(
        new Page(Listed.all(List.of(services)), total, services.length, 0), null);
  }

  /** The page that a body holds. */
  static Page parse(String json) throws SyncFailure, IOException {
    return PageParser.parse(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  /** The services of a page, read. */
  static List<EndpointService> read(Page page) {
    return page.services().stream().map(ListedService::read).toList();
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
