package io.vpcep.operator.sync;

import java.time.Duration;
import java.util.Map;

/**
 * One sync to do.
 *
 * @param misses {@link SyncPlan#misses} of the sync before, of a listing of the same
 * @param confirmation the value of the confirm-prune annotation that was not used up, or null
 */
public record SyncTask(
    ProjectIdentity project,
    ProjectSettings settings,
    CredentialSource.Supplied credentials,
    Map<String, Missing> misses,
    String confirmation) {

  ListingRequest listing() {
    return request(settings.query(), settings.timeout());
  }

  /** Asks for one service alone, whatever the project's query leaves out. */
  ListingRequest probe(String id, Duration timeout) {
    return request(
        new ServiceQuery(null, id, null, null, null, settings.query().pageSize()), timeout);
  }

  private ListingRequest request(ServiceQuery query, Duration timeout) {
    return new ListingRequest(
        project.uid(),
        settings.endpoint(),
        settings.projectId(),
        credentials.credentials(),
        credentials.caCertificates(),
        query,
        timeout);
  }
}
