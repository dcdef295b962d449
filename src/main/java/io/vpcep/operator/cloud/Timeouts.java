package io.vpcep.operator.cloud;

import java.time.Duration;

/**
 * How long a single step of a call may stay silent, within the time of the listing.
 *
 * @param connect until there is a connection
 * @param read until the next bytes arrive
 * @param write until the next bytes are sent
 */
record Timeouts(Duration connect, Duration read, Duration write) {

  static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10));
}
