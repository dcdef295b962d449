package io.vpcep.operator.simulator;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * What a VPC endpoint service was configured with: Tables 4 to 6 of the specification.
 *
 * @param projectId the project it belongs to, 32 hexadecimal digits
 * @param serviceType {@code interface} or {@code gateway}
 * @param backend the resource that serves it
 * @param approvalEnabled whether its owner must approve connections
 * @param tcpProxy {@code close}, {@code toa_open}, {@code proxy_open}, {@code open} or {@code
 *     proxy_vni}
 * @param ports port mappings without duplicates
 * @param tags resource tags with different keys
 * @param description free text; null: not sent
 */
public record ServiceSettings(
    String projectId,
    String serviceType,
    @JsonUnwrapped Backend backend,
    boolean approvalEnabled,
    String tcpProxy,
    List<PortMapping> ports,
    List<Tag> tags,
    String description) {
  /** Copies the lists. */
  public ServiceSettings {
    ports = List.copyOf(ports);
    tags = List.copyOf(tags);
  }

  /** The same settings with another description. */
  public ServiceSettings withDescription(String other) {
    return new ServiceSettings(
        projectId, serviceType, backend, approvalEnabled, tcpProxy, ports, tags, other);
  }

  /** The same settings with other tags. */
  public ServiceSettings withTags(List<Tag> other) {
    return new ServiceSettings(
        projectId, serviceType, backend, approvalEnabled, tcpProxy, ports, other, description);
  }

  /**
   * The resource behind a service.
   *
   * @param serverType {@code VM}, {@code LB} or {@code VIP}
   * @param vpcId its VPC, a UUID
   * @param portId its network port, a UUID
   * @param vipPortId the virtual network port, a UUID; only with {@code VIP}, else null and not
   *     sent
   */
  public record Backend(String serverType, String vpcId, String portId, String vipPortId) {}

  /**
   * A port mapping: Table 5.
   *
   * @param clientPort port of the VPC endpoint, 1 to 65535
   * @param serverPort port of the backend, 1 to 65535
   * @param protocol {@code TCP} or {@code UDP}
   */
  public record PortMapping(int clientPort, int serverPort, String protocol) {}

  /**
   * A resource tag: Table 6.
   *
   * @param key 1 to 36 characters
   * @param value 0 to 43 characters
   */
  public record Tag(String key, String value) {}
}
