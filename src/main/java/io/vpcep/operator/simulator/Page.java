package io.vpcep.operator.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One page of a listing: Table 3 of the specification.
 *
 * @param endpointServices the services of the page, in order
 * @param totalCount how many services match, on whatever page
 */
record Page(List<SimulatedService> endpointServices, int totalCount) {
  /**
   * Filters, sorts and cuts. Services of the same second are ordered by id, so that the order is
   * total and an unchanged project pages without gaps.
   *
   * @throws ApiError 400 {@code EndPoint.0010} where the offset is not less than the number of
   *     matching services
   */
  static Page select(List<SimulatedService> services, Query query) throws ApiError {
    List<SimulatedService> matching =
        services.stream().filter(service -> matches(service, query)).sorted(order(query)).toList();
    if (query.offset() > 0 && query.offset() >= matching.size()) {
      throw ApiError.invalidOffset();
    }
    int end = Math.min(matching.size(), query.offset() + query.limit());
    return new Page(matching.subList(query.offset(), end), matching.size());
  }

  private static boolean matches(SimulatedService service, Query query) {
    return (query.id().isEmpty() || query.id().equals(service.id()))
        && (query.status().isEmpty() || query.status().equals(service.status()))
        && (query.serviceName().isEmpty()
            || lower(service.serviceName()).contains(lower(query.serviceName())));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static Comparator<SimulatedService> order(Query query) {
    Comparator<SimulatedService> oldestFirst =
        Comparator.comparing(query.sortKey()::of).thenComparing(SimulatedService::id);
    return query.ascending() ? oldestFirst : oldestFirst.reversed();
  }
}
