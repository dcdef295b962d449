/**
 * Step 2, plan: the pure core. A {@link io.vpcep.operator.sync.Snapshot} of the cloud and the index
 * of what is mirrored go in, a plan of writes comes out; conditions, names and the pruning guard
 * are decided here. Nothing in this package does input or output, reads a clock or starts a thread.
 *
 * <p>The ports to the cloud ({@link io.vpcep.operator.sync.EndpointServiceCatalog}) and to the
 * cluster are declared here, by the code that needs them, and implemented by {@code cloud} and
 * {@code cluster}.
 */
package io.vpcep.operator.sync;
