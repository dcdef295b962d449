package io.vpcep.operator.sync;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceSpec;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The mirror of a service that no listing shows any more: its status is all that is known of it,
 * and everything else follows from that. So labels, owner, spec, the summary of the ports and the
 * conditions can be put right when somebody changes them. What somebody changes in the cloud's own
 * values cannot: they stay as they are until a listing shows the service again.
 */
public final class LastKnown {
  private LastKnown() {}

  /**
   * What {@code present} has to be like for {@code project}.
   *
   * @param present may hold anything; a status that did not decode is taken for an empty one
   * @param phase {@code NOT_FOUND}, {@code OUT_OF_SCOPE} or {@code STALE}
   */
  public static VpcEndpointService marked(
      VpcEndpointService present, ProjectIdentity project, ServicePhase phase, Instant now) {
    VpcEndpointServiceStatus status = statusOf(present);
    ConditionTimes times = ConditionTimes.of(status.conditions());
    VpcEndpointService wanted =
        ServiceMapper.resource(service(id(present), status), project, times, now);
    wanted.getMetadata().setName(present.getMetadata().getName());
    wanted.setStatus(
        wanted
            .getStatus()
            .with(ServiceConditions.of(phase, message(phase), times, now), generation(present)));
    return wanted;
  }

  /** True when {@code present} is as {@link #marked} would make it for the owner that it names. */
  static boolean isAsMarked(VpcEndpointService present, ServicePhase phase, ContentDigest digest) {
    OwnerReference owner = Ownership.controllerOf(present);
    if (owner == null || !phase.isMark()) {
      return false;
    }
    ProjectIdentity project =
        new ProjectIdentity(
            present.getMetadata().getNamespace(), String.valueOf(owner.getName()), owner.getUid());
    VpcEndpointService wanted = marked(present, project, phase, Instant.EPOCH);
    Long generation = generation(present);
    return digest.ofIdentity(present) == digest.ofIdentity(wanted)
        && digest.ofStatus(present.getStatus(), generation)
            == digest.ofStatus(wanted.getStatus(), generation);
  }

  /** Always the same for a phase, so that an edit of it can be told. */
  private static String message(ServicePhase phase) {
    return switch (phase) {
      case NOT_FOUND ->
          "A complete listing no longer shows the service: it is gone from the cloud.";
      case OUT_OF_SCOPE ->
          "A complete listing with the project's query no longer shows the service, which may still"
              + " exist.";
      case STALE ->
          "The project has not been listed for longer than its spec.staleAfter: see its conditions.";
      default -> throw new IllegalArgumentException(phase + " is not known without a listing");
    };
  }

  /**
   * The name tells the id, unless it was made from one that is no name: then only the spec does.
   */
  private static String id(VpcEndpointService present) {
    String name = present.getMetadata().getName();
    VpcEndpointServiceSpec spec = present.getSpec();
    boolean specTells = spec != null && spec.serviceId() != null && !spec.serviceId().isBlank();
    return ResourceNames.literalId(name).orElse(specTells ? spec.serviceId() : name);
  }

  private static VpcEndpointServiceStatus statusOf(VpcEndpointService present) {
    return present.getStatus() == null ? VpcEndpointServiceStatus.empty() : present.getStatus();
  }

  private static Long generation(VpcEndpointService present) {
    return present.getMetadata().getGeneration();
  }

  private static EndpointService service(String id, VpcEndpointServiceStatus status) {
    return new EndpointService(
        id,
        status.serviceName(),
        status.availability(),
        status.connectionCount(),
        list(
            status.ports(),
            port ->
                new EndpointService.Port(port.clientPort(), port.serverPort(), port.protocol())),
        list(status.errors(), error -> new EndpointService.Failure(error.code(), error.message())),
        status.serverType(),
        status.serviceType(),
        status.approvalEnabled(),
        status.vpcId(),
        status.portId(),
        status.vipPortId(),
        status.projectId(),
        status.tcpProxy(),
        list(status.tags(), tag -> new EndpointService.Tag(tag.key(), tag.value())),
        status.createdAt(),
        status.updatedAt(),
        status.description(),
        status.domainId(),
        status.poolId(),
        status.publicBorderGroup(),
        status.ip());
  }

  private static <A, B> List<B> list(List<A> items, Function<A, B> mapping) {
    return items == null
        ? List.of()
        : items.stream().filter(Objects::nonNull).map(mapping).toList();
  }
}
