package io.vpcep.operator.sync;

import io.vpcep.operator.sync.EndpointService.Failure;
import io.vpcep.operator.sync.EndpointService.Port;
import io.vpcep.operator.sync.EndpointService.Tag;
import java.util.List;

/** Services of the cloud for tests: what a test does not set, the cloud did not send. */
public final class EndpointServiceBuilder {
  private String id;
  private String serviceName;
  private String status;
  private Long connectionCount;
  private List<Port> ports = List.of();
  private List<Failure> errors = List.of();
  private String serverType;
  private String serviceType;
  private Boolean approvalEnabled;
  private String vpcId;
  private String portId;
  private String vipPortId;
  private String projectId;
  private String tcpProxy;
  private List<Tag> tags = List.of();
  private String createdAt;
  private String updatedAt;
  private String description;
  private String domainId;
  private String poolId;
  private String publicBorderGroup;
  private String ip;

  /** A service that the cloud tells nothing of but its id. */
  public static EndpointServiceBuilder bare(String id) {
    return new EndpointServiceBuilder().id(id);
  }

  /** An available service as most clouds show one. */
  public static EndpointServiceBuilder available(String id) {
    return bare(id)
        .serviceName("name-" + id)
        .status("available")
        .connectionCount(3L)
        .ports(new Port(8080L, 90L, "TCP"), new Port(8081L, 80L, "TCP"))
        .serverType("VM")
        .serviceType("interface")
        .approvalEnabled(false)
        .vpcId("4189d3c2-8882-4871-a3c2-d380272eed80")
        .tags(new Tag("team", "blue"), new Tag("stage", "prod"))
        .createdAt("2018-01-30T07:42:01Z")
        .updatedAt("2018-01-30T07:42:01Z");
  }

  /** Starts from {@code service}. */
  public static EndpointServiceBuilder like(EndpointService service) {
    return bare(service.id())
        .serviceName(service.serviceName())
        .status(service.status())
        .connectionCount(service.connectionCount())
        .ports(service.ports())
        .errors(service.errors())
        .serverType(service.serverType())
        .serviceType(service.serviceType())
        .approvalEnabled(service.approvalEnabled())
        .vpcId(service.vpcId())
        .portId(service.portId())
        .vipPortId(service.vipPortId())
        .projectId(service.projectId())
        .tcpProxy(service.tcpProxy())
        .tags(service.tags())
        .createdAt(service.createdAt())
        .updatedAt(service.updatedAt())
        .description(service.description())
        .domainId(service.domainId())
        .poolId(service.poolId())
        .publicBorderGroup(service.publicBorderGroup())
        .ip(service.ip());
  }

  public EndpointServiceBuilder id(String value) {
    this.id = value;
    return this;
  }

  public EndpointServiceBuilder serviceName(String value) {
    this.serviceName = value;
    return this;
  }

  public EndpointServiceBuilder status(String value) {
    this.status = value;
    return this;
  }

  public EndpointServiceBuilder connectionCount(Long value) {
    this.connectionCount = value;
    return this;
  }

  public EndpointServiceBuilder ports(Port... values) {
    return ports(List.of(values));
  }

  public EndpointServiceBuilder ports(List<Port> value) {
    this.ports = value;
    return this;
  }

  public EndpointServiceBuilder errors(Failure... values) {
    return errors(List.of(values));
  }

  public EndpointServiceBuilder errors(List<Failure> value) {
    this.errors = value;
    return this;
  }

  public EndpointServiceBuilder serverType(String value) {
    this.serverType = value;
    return this;
  }

  public EndpointServiceBuilder serviceType(String value) {
    this.serviceType = value;
    return this;
  }

  public EndpointServiceBuilder approvalEnabled(Boolean value) {
    this.approvalEnabled = value;
    return this;
  }

  public EndpointServiceBuilder vpcId(String value) {
    this.vpcId = value;
    return this;
  }

  public EndpointServiceBuilder portId(String value) {
    this.portId = value;
    return this;
  }

  public EndpointServiceBuilder vipPortId(String value) {
    this.vipPortId = value;
    return this;
  }

  public EndpointServiceBuilder projectId(String value) {
    this.projectId = value;
    return this;
  }

  public EndpointServiceBuilder tcpProxy(String value) {
    this.tcpProxy = value;
    return this;
  }

  public EndpointServiceBuilder tags(Tag... values) {
    return tags(List.of(values));
  }

  public EndpointServiceBuilder tags(List<Tag> value) {
    this.tags = value;
    return this;
  }

  public EndpointServiceBuilder createdAt(String value) {
    this.createdAt = value;
    return this;
  }

  public EndpointServiceBuilder updatedAt(String value) {
    this.updatedAt = value;
    return this;
  }

  public EndpointServiceBuilder description(String value) {
    this.description = value;
    return this;
  }

  public EndpointServiceBuilder domainId(String value) {
    this.domainId = value;
    return this;
  }

  public EndpointServiceBuilder poolId(String value) {
    this.poolId = value;
    return this;
  }

  public EndpointServiceBuilder publicBorderGroup(String value) {
    this.publicBorderGroup = value;
    return this;
  }

  public EndpointServiceBuilder ip(String value) {
    this.ip = value;
    return this;
  }

  /** The service. */
  public EndpointService build() {
    return new EndpointService(
        id,
        serviceName,
        status,
        connectionCount,
        ports,
        errors,
        serverType,
        serviceType,
        approvalEnabled,
        vpcId,
        portId,
        vipPortId,
        projectId,
        tcpProxy,
        tags,
        createdAt,
        updatedAt,
        description,
        domainId,
        poolId,
        publicBorderGroup,
        ip);
  }
}
