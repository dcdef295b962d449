package io.vpcep.operator.reliability;

import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;

/** The condition Ready of a project. */
final class Ready {
  private Ready() {}

  /** The condition, or null where there is none yet. */
  static Condition of(VpcEndpointProjectStatus status) {
    return status.conditions() == null
        ? null
        : status.conditions().stream()
            .filter(condition -> condition.type().equals(Condition.READY))
            .findFirst()
            .orElse(null);
  }

  static boolean is(VpcEndpointProjectStatus status, String reason) {
    Condition ready = of(status);
    return ready != null && ready.reason().equals(reason);
  }
}
