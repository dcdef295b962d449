package io.vpcep.operator.reliability;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vpcep.operator.kube.ApiServer;

/**
 * An API server.
 *
 * @param admin may do everything
 * @param operator who the operator is
 */
record Cluster(KubernetesClient admin, Config operator) {
  /** The server of all tests, where the operator has the shipped rights and no more. */
  static Cluster shared() {
    return Shared.CLUSTER;
  }

  private static final class Shared {
    static final Cluster CLUSTER = new Cluster(ApiServer.adminClient(), shippedUser());

    private static Config shippedUser() {
      ApiServer.installCrds();
      try (KubernetesClient shipped = ApiServer.operatorClient()) {
        return shipped.getConfiguration();
      }
    }
  }
}
