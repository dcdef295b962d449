/**
 * How a call to the cloud authenticates: one small interceptor for each kind of {@link
 * io.vpcep.operator.sync.Credentials}, chosen in {@link
 * io.vpcep.operator.cloud.auth.Authentication}. For {@code cloud} alone, which it does not know.
 */
package io.vpcep.operator.cloud.auth;
