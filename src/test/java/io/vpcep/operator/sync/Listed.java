package io.vpcep.operator.sync;

/** A service in a page, for tests that have no page. */
public record Listed(EndpointService read, long digest) implements ListedService {
  /** One that is known again by all that it holds. */
  public Listed(EndpointService read) {
    this(read, read.hashCode() | 1L << Integer.SIZE);
  }

  @Override
  public String id() {
    return read.id();
  }
}
