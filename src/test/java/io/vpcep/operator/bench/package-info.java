/**
 * What the operator costs, measured on the machine at hand beside what it is up against: {@code
 * ./mvnw -q -Pbench}. {@link io.vpcep.operator.bench.Bench} is the way in; each benchmark is a
 * class, and so is each opponent. The operator is always the packaged jar in a process of its own,
 * with the flags of the image. Nothing here runs in {@code verify}, and no time fails a build.
 */
package io.vpcep.operator.bench;
