/**
 * Tests of the pure core, with hand-written fakes of its two ports that other packages' tests use
 * too: {@link io.vpcep.operator.sync.FakeCatalog} for the cloud and {@link
 * io.vpcep.operator.sync.FakeMirror} for the cluster.
 */
package io.vpcep.operator.sync;
