package io.vpcep.operator.sync;

import java.net.URI;
import java.time.Duration;

/**
 * One listing to read.
 *
 * @param requester who asks, the same in each of its requests: requesters share what a cloud bears
 * @param endpoint base URL of the query API, such as {@code https://vpcep.ae-ad-1.example.com}
 * @param projectId the cloud project
 * @param caCertificates PEM certificates to trust besides the platform's, or null
 * @param timeout for the whole listing, all its pages
 */
public record ListingRequest(
    String requester,
    URI endpoint,
    String projectId,
    Credentials credentials,
    String caCertificates,
    ServiceQuery query,
    Duration timeout) {}
