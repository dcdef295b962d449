package io.vpcep.operator.sync;

import java.util.List;

/**
 * One VPC endpoint service as a listing shows it: Tables 4 to 7 of the query API in the API's own
 * words. What the cloud did not send is null (or an empty list); values that are not known here are
 * kept as they were sent.
 *
 * @param id never null or blank
 * @param status creating, available, failed, deleting, or what the cloud says
 * @param createdAt RFC 3339 in UTC where the cloud's form is known, else as sent
 */
public record EndpointService(
    String id,
    String serviceName,
    String status,
    Long connectionCount,
    List<Port> ports,
    List<Failure> errors,
    String serverType,
    String serviceType,
    Boolean approvalEnabled,
    String vpcId,
    String portId,
    String vipPortId,
    String projectId,
    String tcpProxy,
    List<Tag> tags,
    String createdAt,
    String updatedAt,
    String description,
    String domainId,
    String poolId,
    String publicBorderGroup,
    String ip) {

  /** Copies the lists, so that a service never changes after it was read. */
  public EndpointService {
    if (id == null || id.isBlank()) {
      throw new IllegalArgumentException("a VPC endpoint service needs an id");
    }
    ports = List.copyOf(ports);
    errors = List.copyOf(errors);
    tags = List.copyOf(tags);
  }

  /** A port mapping (Table 5); a port that the cloud did not send is null. */
  public record Port(Long clientPort, Long serverPort, String protocol) {}

  /** A resource tag (Table 6). */
  public record Tag(String key, String value) {}

  /** An error of a failed service (Table 7). */
  public record Failure(String code, String message) {}
}
