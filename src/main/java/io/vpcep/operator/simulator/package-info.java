/**
 * The query API, {@code GET /v1/{project_id}/vpc-endpoint-services}, served from memory: for
 * demonstrations, for tests and for trying the operator without a cloud.
 *
 * <p>{@link io.vpcep.operator.simulator.Simulator} is the way in. A request for a listing passes
 * these steps, each small enough to be extended alone: authenticate ({@code Authentication}),
 * throttle ({@code Throttling}), validate the query ({@code Query}), select ({@code Page}), render
 * ({@code Answer}), or fail as told ({@code FaultyAnswers}); {@code QueryApi} puts them in order.
 * {@code IdentityApi} gives the tokens of clouds that log users in, {@code Gateway} tells the two
 * apart, and {@code HttpFrontend} and {@code SlowBody} are the only classes that touch a
 * connection. {@code ServiceGenerator} invents the services and {@code ChurnProcess} changes them,
 * both from a seeded random number generator and from instants that they are given, so that a seed
 * tells everything.
 *
 * <p>The commands and the integration tests use this package; it uses none of ours. It verifies
 * signatures by itself, too: it finds mistakes of the product's signer, which it would share if it
 * used it.
 */
package io.vpcep.operator.simulator;
