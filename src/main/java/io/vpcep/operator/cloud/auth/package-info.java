/**
 * How a call to the cloud authenticates: one small interceptor for each kind of {@link
 * io.vpcep.operator.sync.Credentials} that a request can carry, chosen in {@link
 * io.vpcep.operator.cloud.auth.Authentication}, and one exchange for each kind that is to be
 * exchanged for such first. {@link io.vpcep.operator.cloud.auth.Sessions} holds what listings
 * share. For {@code cloud} alone, which it does not know: it declares what it needs of HTTP as
 * {@link io.vpcep.operator.cloud.auth.IdentityCalls}.
 */
package io.vpcep.operator.cloud.auth;
