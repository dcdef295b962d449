package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.EndpointService;
import io.vpcep.operator.sync.ListedService;

/** An element of a page in an encoding other than UTF-8, which was read at once. */
record ReadElement(EndpointService read) implements ListedService {
  @Override
  public String id() {
    return read.id();
  }

  @Override
  public long digest() {
    return 0;
  }
}
