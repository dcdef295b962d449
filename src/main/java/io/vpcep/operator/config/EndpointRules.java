package io.vpcep.operator.config;

import java.util.List;

/**
 * Which endpoints projects may name.
 *
 * @param allowedHosts host patterns such as {@code vpcep.*.myhuaweicloud.com}, where {@code *}
 *     stands for one label; empty: any public host
 * @param allowInsecure plain http and loopback, link-local or private addresses may be named
 */
public record EndpointRules(List<String> allowedHosts, boolean allowInsecure) {

  /** Copies the list. */
  public EndpointRules {
    allowedHosts = List.copyOf(allowedHosts);
  }

  /** Any host over http or https: for an endpoint that the user of a command chose. */
  public static EndpointRules anything() {
    return new EndpointRules(List.of(), true);
  }
}
