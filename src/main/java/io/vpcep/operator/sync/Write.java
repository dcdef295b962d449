package io.vpcep.operator.sync;

import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;

/**
 * One thing to do to the mirror. Every write says what it expects to find, so that it is safe
 * beside another writer: a resource version, that nothing is there, or who has to own it.
 */
public sealed interface Write {
  /** Name of the VpcEndpointService. */
  String name();

  /** The {@code verb} of the metric. */
  String verb();

  /** Expects nothing there: creates the resource, then writes its status. */
  record Create(VpcEndpointService resource) implements Write {
    @Override
    public String name() {
      return resource.getMetadata().getName();
    }

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
   */
  record Repair(VpcEndpointService wanted) implements Write {
    @Override
    public String name() {
      return wanted.getMetadata().getName();
    }

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
