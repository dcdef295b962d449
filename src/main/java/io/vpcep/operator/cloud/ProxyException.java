package io.vpcep.operator.cloud;

import java.io.IOException;

/**
 * The proxy, and not what lies behind it, is why a call brought no answer; the message says how.
 */
final class ProxyException extends IOException {
  ProxyException(String message, IOException cause) {
    super(message, cause);
  }
}
