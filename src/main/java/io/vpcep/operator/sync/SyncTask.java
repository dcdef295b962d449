package io.vpcep.operator.sync;

import java.util.Map;

/**
 * One sync to do.
 *
 * @param misses {@link SyncPlan#misses} of the last complete sync of this process
 * @param confirmation the value of the confirm-prune annotation that was not used up, or null
 */
public record SyncTask(
    ProjectIdentity project,
    ProjectSettings settings,
    CredentialSource.Supplied credentials,
    Map<String, Integer> misses,
    String confirmation) {

  ListingRequest listing() {
    return new ListingRequest(
        project.uid(),
        settings.endpoint(),
        settings.projectId(),
        credentials.credentials(),
        credentials.caCertificates(),
        settings.query(),
        settings.timeout());
  }
}
