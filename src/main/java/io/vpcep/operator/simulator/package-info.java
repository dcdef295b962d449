/**
 * The query API, {@code GET /v1/{project_id}/vpc-endpoint-services}, served from memory: for
 * demonstrations, for tests and for trying the operator without a cloud.
 *
 * <p>{@link io.vpcep.operator.simulator.Simulator} is the way in. A request passes four steps, each
 * small enough to be extended alone: authenticate ({@code Authentication}), validate the query
 * ({@code Query}), select ({@code Page}), render ({@code Answer}); {@code QueryApi} puts them in
 * order and {@code HttpFrontend} is the only class that touches a connection. {@code
 * ServiceGenerator} invents the services and {@code ChurnProcess} changes them, both from a seeded
 * random number generator and from instants that they are given, so that a seed tells everything.
 *
 * <p>The commands and the integration tests use this package; it uses none of ours.
 */
package io.vpcep.operator.simulator;
