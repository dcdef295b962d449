package io.vpcep.operator.sync;

/**
 * The parameters of the query API (Table 2) that a user may set; null is not sent.
 *
 * @param serviceName endpoint_service_name: fuzzy, in any case of letters
 * @param id exact
 * @param status creating, available, failed or deleting
 * @param sortKey as the cloud spells it; two spellings are in use, so it is a free string
 * @param sortDirection asc or desc
 * @param pageSize limit, 1 to 1000
 */
public record ServiceQuery(
    String serviceName,
    String id,
    String status,
    String sortKey,
    String sortDirection,
    int pageSize) {

  /** The largest page that the API serves, and the default here: fewest requests. */
  public static final int MAX_PAGE_SIZE = 1000;

  /** Checks the page size, the one value that the API's clouds disagree about. */
  public ServiceQuery {
    if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
      throw new IllegalArgumentException("page size must be 1 to 1000, not " + pageSize);
    }
  }

  /** Every service, in pages of {@code pageSize}. */
  public static ServiceQuery everything(int pageSize) {
    return new ServiceQuery(null, null, null, null, null, pageSize);
  }

  /**
   * True when a complete listing of this query cannot lack {@code service}. What {@code
   * endpoint_service_name} matches differs from cloud to cloud, so that it may always be the
   * reason.
   */
  public boolean mustShow(EndpointService service) {
    return serviceName == null
        && (id == null || id.equals(service.id()))
        && (status == null || status.equalsIgnoreCase(service.status()));
  }

  /** True when a service may exist and still not be shown. */
  public boolean isFiltered() {
    return serviceName != null || id != null || status != null;
  }
}
