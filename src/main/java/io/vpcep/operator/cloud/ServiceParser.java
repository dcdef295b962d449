package io.vpcep.operator.cloud;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vpcep.operator.sync.EndpointService;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads one element of endpoint_services (Tables 4 to 7) in every variant that clouds send. A field
 * that makes no sense is left out alone. For one element.
 */
final class ServiceParser {
  private static final Pattern NO_ZONE =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?");

  private String id;
  private String serviceName;
  private String status;
  private Long connectionCount;
  private List<EndpointService.Port> ports = List.of();
  private List<EndpointService.Failure> errors = List.of();
  private String serverType;
  private String serviceType;
  private Boolean approvalEnabled;
  private String vpcId;
  private String portId;
  private String vipPortId;
  private String projectId;
  private String tcpProxy;
  private List<EndpointService.Tag> tags = List.of();
  private String createdAt;
  private String updatedAt;
  private String updateAt;
  private String description;
  private String domainId;
  private String poolId;
  private String publicBorderGroup;
  private String ip;

  private ServiceParser() {}

  /** From the start of an object to its end; empty when it has no id. */
  static Optional<EndpointService> parse(JsonParser json) throws IOException {
    ServiceParser service = new ServiceParser();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      service.read(name, json);
    }
    return service.id == null || service.id.isBlank()
        ? Optional.empty()
        : Optional.of(service.build());
  }

  /**
   * The id of the object that begins here, null where it has none; passes over all of it, and
   * decodes nothing else.
   */
  static String id(JsonParser json) throws IOException {
    String id = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      boolean isId = json.currentName().equals("id");
      json.nextToken();
      if (isId) {
        id = Json.text(json);
      } else {
        json.skipChildren();
      }
    }
    return id == null || id.isBlank() ? null : id;
  }

  private void read(String name, JsonParser json) throws IOException {
    switch (name) {
      case "id" -> id = Json.text(json);
      case "service_name" -> serviceName = Json.text(json);
      case "status" -> status = Json.text(json);
      case "connection_count" -> connectionCount = Json.number(json);
      case "ports" -> ports = ElementParser.ports(json);
      case "error" -> errors = ElementParser.failures(json);
      case "server_type" -> serverType = Json.text(json);
      case "service_type" -> serviceType = Json.text(json);
      case "approval_enabled" -> approvalEnabled = Json.bool(json);
      case "vpc_id" -> vpcId = Json.text(json);
      case "port_id" -> portId = Json.text(json);
      case "vip_port_id" -> vipPortId = Json.text(json);
      case "project_id" -> projectId = Json.text(json);
      case "tcp_proxy" -> tcpProxy = Json.text(json);
      case "tags" -> tags = ElementParser.tags(json);
      case "created_at" -> createdAt = timestamp(json);
      // The table of the specification says updated_at, its example update_at.
      case "updated_at" -> updatedAt = timestamp(json);
      case "update_at" -> updateAt = timestamp(json);
      default -> readExtra(name, json);
    }
  }

  /** What the specification does not know and clouds send. */
  private void readExtra(String name, JsonParser json) throws IOException {
    switch (name) {
      case "description" -> description = Json.text(json);
      case "domain_id" -> domainId = Json.text(json);
      case "pool_id" -> poolId = Json.text(json);
      case "public_border_group" -> publicBorderGroup = Json.text(json);
      case "ip" -> ip = Json.text(json);
      default -> Json.skip(json);
    }
  }

  /** Some clouds leave the zone out, which is UTC; what else they send stays as it is. */
  private static String timestamp(JsonParser json) throws IOException {
    String text = Json.text(json);
    if (text == null || text.isBlank()) {
      return null;
    }
    return NO_ZONE.matcher(text).matches() ? text + "Z" : text;
  }

  private EndpointService build() {
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
        updatedAt == null ? updateAt : updatedAt,
        description,
        domainId,
        poolId,
        publicBorderGroup,
        ip);
  }
}
