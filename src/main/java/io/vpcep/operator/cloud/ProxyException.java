package io.vpcep.operator.cloud;

import java.io.IOException;

/**
 * The proxy, and not what lies behind it, is why a call brought no answer; the message says how.
 */
final class ProxyException extends IOException {
  private final boolean refusal;

  /**
   * @param refusal the proxy was reached and did not want to: asking again at once does not help
   */
  ProxyException(String message, boolean refusal, IOException cause) {
    super(message, cause);
    this.refusal = refusal;
  }

  boolean isRefusal() {
    return refusal;
  }
}
