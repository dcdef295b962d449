package io.vpcep.operator.config;

import java.util.List;

/**
 * Which endpoints projects may name, and by which way they are called.
 *
 * @param allowedHosts host patterns such as {@code vpcep.*.myhuaweicloud.com}, where {@code *}
 *     stands for one label; empty: any public host
 * @param allowInsecure plain http and loopback, link-local or private addresses may be named
 * @param proxies which calls go through a proxy
 */
public record EndpointRules(
    List<String> allowedHosts, boolean allowInsecure, ProxySettings proxies) {

  /** Copies the list. */
  public EndpointRules {
    allowedHosts = List.copyOf(allowedHosts);
  }

  /** Without a proxy. */
  public EndpointRules(List<String> allowedHosts, boolean allowInsecure) {
    this(allowedHosts, allowInsecure, ProxySettings.NONE);
  }

  /** Any host over http or https: for an endpoint that the user of a command chose. */
  public static EndpointRules anything() {
    return new EndpointRules(List.of(), true);
  }

  /** The same, with calls that go this way. */
  public EndpointRules through(ProxySettings way) {
    return new EndpointRules(allowedHosts, allowInsecure, way);
  }
}
