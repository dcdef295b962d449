package io.vpcep.operator.cloud.auth;

import okhttp3.HttpUrl;

/**
 * The identity service (IAM) as one listing reaches it.
 *
 * @param url its base URL
 * @param trust PEM certificates that the listing trusts besides the platform's, or null: a token is
 *     not shared with listings that trust others
 * @param calls reach it
 */
public record IdentityService(HttpUrl url, String trust, IdentityCalls calls) {}
