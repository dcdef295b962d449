package io.vpcep.operator.config;

/**
 * Whether and by which Lease one of several replicas is chosen to write.
 *
 * @param leaseName name of the Lease, a DNS subdomain
 * @param leaseNamespace where the Lease lies, or null: the namespace of the cluster configuration
 */
public record LeaderElection(boolean enabled, String leaseName, String leaseNamespace) {}
