package io.vpcep.operator.simulator;

import java.net.InetSocketAddress;

/**
 * Where a {@link Simulator} listens.
 *
 * @param host name or address of this machine
 * @param port TCP port, 0 to 65535; 0 takes any free one
 */
public record ListenAddress(String host, int port) {
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * Checks the address.
   *
   * @throws IllegalArgumentException naming every problem and its remedy, one a line
   */
  public ListenAddress {
    new Checks()
        .expect(port >= 0 && port <= 65535, "--port must be 0 to 65535 (0: any free port)")
        .expect(!host.isBlank(), "the host must not be blank: " + LOOPBACK + " is this machine")
        .done();
  }

  /** The loopback address, which other machines do not reach. */
  public static ListenAddress loopback(int port) {
    return new ListenAddress(LOOPBACK, port);
  }

  /**
   * @throws IllegalArgumentException where the host is unknown
   */
  InetSocketAddress resolve() {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(
          "the host must be a name or address of this machine, but " + host + " is none");
    }
    return address;
  }
}
