package io.vpcep.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/**
 * What the cloud says of a service: Tables 4 to 7 of the query API. A field that the cloud does not
 * send, or sends empty, is absent (some API servers refuse empty strings in custom resources); a
 * value that is not known to the operator is kept as it was sent, so nothing here has an enum, a
 * range or a pattern.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VpcEndpointServiceStatus(
    @JsonPropertyDescription("The name of the VPC endpoint service.") String serviceName,
    @JsonPropertyDescription(
            "The service's status in the cloud: creating, available, failed, deleting, or whatever"
                + " else the cloud says.")
        String availability,
    @JsonPropertyDescription("The number of creating or accepted VPC endpoints of the service.")
        Long connectionCount,
    @JsonPropertyDescription("The port mappings opened to the VPC endpoint service.")
        List<PortMapping> ports,
    @JsonPropertyDescription("The port mappings in one line: client:server/protocol, by commas.")
        String portSummary,
    @JsonPropertyDescription("Why the service failed, as the cloud reports it.")
        List<ServiceError> errors,
    @JsonPropertyDescription("The type of the backend resource: VM, VIP, LB, or others later.")
        String serverType,
    @JsonPropertyDescription("The type of the service: interface or gateway.") String serviceType,
    @JsonPropertyDescription(
            "Whether the service's owner has to approve each connection before it is accepted.")
        Boolean approvalEnabled,
    @JsonPropertyDescription("The ID of the VPC that the backend resource belongs to.")
        String vpcId,
    @JsonPropertyDescription(
            "The ID of the backend resource: of the load balancer's port, or of the server's NIC.")
        String portId,
    @JsonPropertyDescription(
            "The ID of the virtual NIC that the virtual IP address of the backend is bound to.")
        String vipPortId,
    @JsonPropertyDescription("The cloud project that the service belongs to.") String projectId,
    @JsonPropertyDescription(
            "How client information reaches the server: close, toa_open, proxy_open, open or"
                + " proxy_vni.")
        String tcpProxy,
    @JsonPropertyDescription("The resource tags of the service.") List<Tag> tags,
    @JsonPropertyDescription("When the service was created in the cloud (UTC).") String createdAt,
    @JsonPropertyDescription("When the service was last updated in the cloud (UTC).")
        String updatedAt,
    @JsonPropertyDescription("The description of the service.") String description,
    @JsonPropertyDescription("The ID of the account that the service belongs to.") String domainId,
    @JsonPropertyDescription("The ID of the cluster of the cloud that serves the service.")
        String poolId,
    @JsonPropertyDescription("The public border group of the service's backend.")
        String publicBorderGroup,
    @JsonPropertyDescription("The IP address of the service's backend.") String ip,
    @JsonPropertyDescription("The metadata.generation that this status was written for.")
        Long observedGeneration,
    @JsonPropertyDescription("Ready, Reconciling and Stalled, as kstatus reads them.")
        List<Condition> conditions) {

  /** A port mapping (Table 5). */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record PortMapping(
      @JsonPropertyDescription("The port that the VPC endpoint is accessed by.") Long clientPort,
      @JsonPropertyDescription("The port that the backend resource serves on.") Long serverPort,
      @JsonPropertyDescription("The protocol: TCP, or what the cloud says.") String protocol) {}

  /** A resource tag (Table 6). A blank value is left out. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Tag(
      @JsonPropertyDescription("The key of the tag.") String key,
      @JsonPropertyDescription("The value of the tag.") String value) {}

  /** An error of a failed service (Table 7). */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ServiceError(
      @JsonPropertyDescription("The error code.") String code,
      @JsonPropertyDescription("The error message.") String message) {}

  /** An empty status: that of a resource that nothing was written to. */
  public static VpcEndpointServiceStatus empty() {
    return new VpcEndpointServiceStatus(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null, null, null, null);
  }

  /**
   * The same values under other conditions.
   *
   * @param newConditions none of them null; or null for none
   * @param generation the metadata.generation that status and conditions are said to be of
   */
  public VpcEndpointServiceStatus with(List<Condition> newConditions, Long generation) {
    return new VpcEndpointServiceStatus(
        serviceName,
        availability,
        connectionCount,
        ports,
        portSummary,
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
        ip,
        generation,
        newConditions == null
            ? null
            : newConditions.stream().map(condition -> condition.of(generation)).toList());
  }

  /** The same values and conditions, said to be of {@code generation}. */
  public VpcEndpointServiceStatus of(Long generation) {
    return with(conditions, generation);
  }
}
