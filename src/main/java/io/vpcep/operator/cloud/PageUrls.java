package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.SyncFailure;
import okhttp3.HttpUrl;

/** The URLs of one listing: {@code GET /v1/{project_id}/vpc-endpoint-services}, Table 2. */
final class PageUrls {
  private final HttpUrl firstPage;

  /**
   * @param endpoint base URL; may have a path, with or without a slash at its end
   * @throws SyncFailure INVALID_SPEC for a project id that cannot be a part of a path
   */
  PageUrls(HttpUrl endpoint, String projectId, ServiceQuery query) throws SyncFailure {
    if (projectId == null || projectId.isBlank() || projectId.matches("\\.{1,2}")) {
      throw new SyncFailure(
          FailureReason.INVALID_SPEC, "spec.projectId is not the id of a cloud project");
    }
    HttpUrl.Builder url = endpoint.newBuilder();
    url.addPathSegment("v1").addPathSegment(projectId).addPathSegment("vpc-endpoint-services");
    add(url, "endpoint_service_name", query.serviceName());
    add(url, "id", query.id());
    add(url, "status", query.status());
    add(url, "sort_key", query.sortKey());
    add(url, "sort_dir", query.sortDirection());
    add(url, "limit", Integer.toString(query.pageSize()));
    firstPage = url.build();
  }

  /** An offset of 0 is out of the API's range, and is left out. */
  HttpUrl page(long offset) {
    return offset == 0
        ? firstPage
        : firstPage.newBuilder().addQueryParameter("offset", Long.toString(offset)).build();
  }

  private static void add(HttpUrl.Builder url, String name, String value) {
    if (value != null) {
      url.addQueryParameter(name, value);
    }
  }
}
