package io.vpcep.operator.cloud;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Which addresses belong to the public internet. The others reach the node, its metadata service
 * (169.254.169.254) or a private network, where the operator may see more than who names them.
 */
final class PublicAddresses {
  private PublicAddresses() {}

  static boolean contains(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || address.isAnyLocalAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? isPublicV4(bytes) : isPublicV6(bytes);
  }

  /** The rest of the special ranges of RFC 6890 that some network may route. */
  private static boolean isPublicV4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    boolean shared = first == 100 && (second & 0xc0) == 64; // 100.64/10
    boolean protocolAssignments = first == 192 && second == 0 && bytes[2] == 0; // 192.0.0/24
    boolean benchmarks = first == 198 && (second & 0xfe) == 18; // 198.18/15
    boolean reserved = first == 0 || first >= 240;
    return !shared && !protocolAssignments && !benchmarks && !reserved;
  }

  private static boolean isPublicV6(byte[] bytes) {
    boolean uniqueLocal = (bytes[0] & 0xfe) == 0xfc; // fc00::/7
    boolean localTranslation = startsWith(bytes, 0, 0x64, 0xff, 0x9b, 0, 1); // 64:ff9b:1::/48
    // 2001::/23: Teredo, which leads to any IPv4 address behind a relay, benchmarks, assignments.
    boolean protocolAssignments = startsWith(bytes, 0x20, 0x01) && (bytes[2] & 0xfe) == 0;
    boolean discard = startsWith(bytes, 1, 0, 0, 0, 0, 0, 0, 0); // 100::/64
    if (uniqueLocal || localTranslation || protocolAssignments || discard) {
      return false;
    }
    // An IPv4 address in the clothes of IPv6: mapped, compatible, NAT64, 6to4.
    if (startsWith(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff)
        || startsWith(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        || startsWith(bytes, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)) {
      return embeddedIsPublic(bytes, 12);
    }
    return !startsWith(bytes, 0x20, 0x02) || embeddedIsPublic(bytes, 2);
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean embeddedIsPublic(byte[] bytes, int from) {
    try {
      return contains(InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4)));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
