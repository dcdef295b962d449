/**
 * Step 3, write: applies a plan to the Kubernetes API and keeps the index of what is mirrored.
 *
 * <p>The index holds a small record a service, no resource: it is fed by one informer with an item
 * store of its own. Used by {@code OperatorAssembly} alone; everybody else sees the ports of {@code
 * sync}.
 */
package io.vpcep.operator.cluster;
