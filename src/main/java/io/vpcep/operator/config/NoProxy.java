package io.vpcep.operator.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One item of {@code NO_PROXY}, read as most programs do (curl, and Go's httpproxy): {@code *}, a
 * host with all below it, {@code .example.com} for those below alone, an address or a range of
 * addresses, each but {@code *} and ranges with a port if need be. Addresses are compared with
 * hosts that are addresses; no name is looked up.
 *
 * @param name host in lower case, with a point before it for those below alone; null for an address
 * @param network first address of the range; null for a name
 * @param prefix bits of the network that count
 * @param port null: any
 */
record NoProxy(String name, InetAddress network, int prefix, Integer port) {
  private static final Pattern DOTTED =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern COLONS = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*");
  private static final Pattern PORT = Pattern.compile("(.+):(\\d{1,5})");
  private static final String EVERYTHING = "*";

  /** Empty for what makes no sense. */
  static Optional<NoProxy> parse(String text) {
    String item = text.strip().toLowerCase(Locale.ROOT);
    if (item.equals(EVERYTHING)) {
      return Optional.of(new NoProxy(EVERYTHING, null, 0, null));
    }
    int slash = item.indexOf('/');
    if (slash >= 0) {
      return range(item.substring(0, slash), item.substring(slash + 1));
    }
    Matcher withPort = PORT.matcher(item);
    boolean hasPort = !COLONS.matcher(item).matches() && withPort.matches();
    String host = (hasPort ? withPort.group(1) : item).replaceAll("^\\[(.*)]$", "$1");
    Integer port = hasPort ? Integer.valueOf(withPort.group(2)) : null;
    if (port != null && port > 65_535) {
      return Optional.empty();
    }
    InetAddress address = address(host);
    if (address != null) {
      return Optional.of(new NoProxy(null, address, address.getAddress().length * 8, port));
    }
    String name = host.startsWith("*.") ? host.substring(1) : host;
    String bare = name.startsWith(".") ? name.substring(1) : name;
    return Syntax.isHost(bare) ? Optional.of(new NoProxy(name, null, 0, port)) : Optional.empty();
  }

  private static Optional<NoProxy> range(String first, String bits) {
    InetAddress network = address(first);
    if (network == null || !bits.matches("\\d{1,3}")) {
      return Optional.empty();
    }
    int prefix = Integer.parseInt(bits);
    return prefix <= network.getAddress().length * 8
        ? Optional.of(new NoProxy(null, network, prefix, null))
        : Optional.empty();
  }

  /**
   * Whether calls to this host go straight.
   *
   * @param host in lower case, without brackets and a point at its end
   */
  boolean matches(String host, int hostPort) {
    if (port != null && port != hostPort) {
      return false;
    }
    if (network != null) {
      InetAddress address = address(host);
      return address != null && contains(address.getAddress());
    }
    if (name.equals(EVERYTHING)) {
      return true;
    }
    return name.startsWith(".")
        ? host.endsWith(name)
        : host.equals(name) || host.endsWith("." + name);
  }

  private boolean contains(byte[] address) {
    byte[] wanted = network.getAddress();
    if (address.length != wanted.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((address[bit / 8] & mask) != (wanted[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** The address that a text is, never one that a name stands for; else null. */
  static InetAddress address(String text) {
    if (!DOTTED.matcher(text).matches() && !COLONS.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
