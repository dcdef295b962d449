package io.vpcep.operator.sync;

import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import java.util.function.Supplier;

/**
 * One thing to do to the mirror. Every write says what it expects to find, so that it is safe
 * beside another writer: a resource version, that nothing is there, or who has to own it.
 */
public sealed interface Write {
  /** Name of the VpcEndpointService. */
  String name();

  /** The {@code verb} of the metric. */
  String verb();

  /**
   * Expects nothing there: creates the resource, then writes its status.
   *
   * @param resource made when it is written: a plan may hold ten thousands
   */
  record Create(String name, Supplier<VpcEndpointService> resource) implements Write {
    @Override
    public String verb() {
      return "create";
    }
  }

  /** Expects {@code resourceVersion}: writes the status. */
  record UpdateStatus(String name, String resourceVersion, VpcEndpointServiceStatus status)
      implements Write {
    @Override
    public String verb() {
      return "update_status";
    }
  }

  /**
   * Expects the project as owner, or none: reads the resource, puts labels, owner and spec right
   * and keeps what others added, then writes the status where that differs.
   *
   * @param wanted made when it is written
   */
  record Repair(String name, Supplier<VpcEndpointService> wanted) implements Write {
    @Override
    public String verb() {
      return "update";
    }
  }

  /**
   * Expects the project as owner: reads the resource and makes it what {@link LastKnown#marked}
   * says, where that differs; mostly that is its conditions alone.
   */
  record Mark(String name, ServicePhase phase) implements Write {
    @Override
    public String verb() {
      return "update_status";
    }
  }

  /** Expects {@code resourceVersion}: deletes the resource. */
  record Prune(String name, String resourceVersion) implements Write {
    @Override
    public String verb() {
      return "delete";
    }
  }
}
