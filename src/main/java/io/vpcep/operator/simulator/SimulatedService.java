package io.vpcep.operator.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A VPC endpoint service as the cloud keeps it: Table 4 of the specification, whose names the wire
 * form has. What changes while a service lives is here, what does not in {@link ServiceSettings}.
 *
 * <p>The specification calls the update time {@code updated_at} in its table and {@code update_at}
 * in its example; the table is normative, so the wire form says {@code updated_at}.
 *
 * @param id unique, a UUID
 * @param serviceName free text, often {@code region.name.id}
 * @param status one of {@link #STATUSES}; any other text is served as it is, so that a client's
 *     treatment of an unknown status can be seen
 * @param connectionCount VPC endpoints that are being created or are accepted, at least 0
 * @param createdAt creation time, whole seconds
 * @param updatedAt time of the last change other than of the connection count, whole seconds
 * @param errors why the service failed (Table 7); empty unless it did, and then not sent
 * @param settings the rest
 */
@JsonPropertyOrder({"id", "service_name", "status"})
public record SimulatedService(
    String id,
    String serviceName,
    String status,
    int connectionCount,
    Instant createdAt,
    Instant updatedAt,
    @JsonProperty("error") @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Failure> errors,
    @JsonUnwrapped ServiceSettings settings) {
  /** {@link #status()} while the service is being created. */
  public static final String CREATING = "creating";

  /** {@link #status()} when the service can be connected to. */
  public static final String AVAILABLE = "available";

  /** {@link #status()} when the service could not be created. */
  public static final String FAILED = "failed";

  /** {@link #status()} while the service is being deleted. */
  public static final String DELETING = "deleting";

  /** The statuses that the specification knows. */
  public static final Set<String> STATUSES = Set.of(CREATING, AVAILABLE, FAILED, DELETING);

  static final Failure PORT_NOT_CREATED = new Failure("EndPoint.3001", "Failed to create a port.");

  /** Copies the list. */
  public SimulatedService {
    errors = List.copyOf(errors);
  }

  /**
   * An element of {@code error}: Table 7.
   *
   * @param errorCode such as {@code EndPoint.3001}
   * @param errorMessage for people
   */
  public record Failure(String errorCode, String errorMessage) {}

  /**
   * The same service in another status, updated at {@code now}: with an error if it is {@link
   * #FAILED}, else with none; without connections unless it can have some.
   */
  public SimulatedService withStatus(String other, Instant now) {
    List<Failure> why = other.equals(FAILED) ? List.of(PORT_NOT_CREATED) : List.of();
    int connections = other.equals(CREATING) || other.equals(FAILED) ? 0 : connectionCount;
    return new SimulatedService(id, serviceName, other, connections, createdAt, now, why, settings);
  }

  /** The same service with another number of connections, which is no update of the service. */
  public SimulatedService withConnectionCount(int other) {
    return new SimulatedService(
        id, serviceName, status, other, createdAt, updatedAt, errors, settings);
  }

  /** The same service under another name. */
  public SimulatedService withServiceName(String other) {
    return new SimulatedService(
        id, other, status, connectionCount, createdAt, updatedAt, errors, settings);
  }

  /** The same service with other settings. */
  public SimulatedService withSettings(ServiceSettings other) {
    return new SimulatedService(
        id, serviceName, status, connectionCount, createdAt, updatedAt, errors, other);
  }
}
