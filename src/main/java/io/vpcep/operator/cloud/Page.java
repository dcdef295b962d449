package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.EndpointService;
import io.vpcep.operator.sync.ListedService;
import io.vpcep.operator.sync.Recognizer;
import io.vpcep.operator.sync.ResourceNames;
import java.util.List;

/**
 * One page of a listing.
 *
 * @param services in the cloud's order; a name may come twice
 * @param totalCount total_count, or null where it is absent or no number
 * @param elements of endpoint_services, those that made no sense included
 * @param skipped elements that made no sense
 */
record Page(List<Shown> services, Long totalCount, int elements, int skipped) {

  /**
   * A service of the page.
   *
   * @param name of the resource that mirrors it
   * @param service null where it was recognized, so that no more than the name is of use
   */
  record Shown(String name, EndpointService service) {
    /** Reads {@code service} unless it is recognized. */
    static Shown of(ListedService service, Recognizer recognizer) {
      return recognizer
          .recognize(service)
          .map(name -> new Shown(name, null))
          .orElseGet(() -> new Shown(ResourceNames.ofService(service.id()), service.read()));
    }

    boolean isRecognized() {
      return service == null;
    }
  }

  Page {
    services = List.copyOf(services);
  }
}
