package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.ListedService;
import java.util.List;

/**
 * One page of a listing.
 *
 * @param services in the cloud's order; an id may come twice
 * @param totalCount total_count, or null where it is absent or no number
 * @param elements of endpoint_services, those that made no sense included
 * @param skipped elements that made no sense
 */
record Page(List<ListedService> services, Long totalCount, int elements, int skipped) {

  Page {
    services = List.copyOf(services);
  }
}
