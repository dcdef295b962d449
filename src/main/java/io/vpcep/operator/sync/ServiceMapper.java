package io.vpcep.operator.sync;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceSpec;
import io.vpcep.operator.crd.VpcEndpointServiceSpec.ProjectReference;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import io.vpcep.operator.crd.VpcEndpointServiceStatus.PortMapping;
import io.vpcep.operator.crd.VpcEndpointServiceStatus.ServiceError;
import io.vpcep.operator.crd.VpcEndpointServiceStatus.Tag;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Maps a service of the cloud to the resource that mirrors it: Tables 4 to 7, field by field. */
public final class ServiceMapper {
  private static final int MAX_SHOWN = 256;

  private ServiceMapper() {}

  /**
   * The whole resource: name, labels, owner, spec and status.
   *
   * @param before the conditions that the resource had, for their times
   */
  static VpcEndpointService resource(
      EndpointService service, ProjectIdentity project, ConditionTimes before, Instant now) {
    VpcEndpointService resource = identity(service, project);
    resource.setStatus(status(service, before, now));
    return resource;
  }

  /**
   * The resource that a listing on its own shows: without namespace and owner.
   *
   * @param project name to show where the name of a VpcEndpointProject would be
   */
  public static VpcEndpointService detached(EndpointService service, String project, Instant now) {
    ProjectIdentity nobody = new ProjectIdentity(null, project, "");
    VpcEndpointService resource = resource(service, nobody, ConditionTimes.NONE, now);
    resource.getMetadata().setOwnerReferences(List.of());
    return resource;
  }

  /** The resource without its status. */
  static VpcEndpointService identity(EndpointService service, ProjectIdentity project) {
    VpcEndpointService resource = new VpcEndpointService();
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withName(ResourceNames.ofService(service.id()))
            .withNamespace(project.namespace())
            .withLabels(labels(service, project))
            .withOwnerReferences(Ownership.reference(project))
            .build());
    resource.setSpec(
        new VpcEndpointServiceSpec(new ProjectReference(project.name()), service.id()));
    return resource;
  }

  private static Map<String, String> labels(EndpointService service, ProjectIdentity project) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(Labels.MANAGED_BY, Labels.OPERATOR);
    labels.put(Labels.PROJECT, ResourceNames.projectLabel(project.name()));
    putIfValid(labels, Labels.SERVICE_TYPE, service.serviceType());
    putIfValid(labels, Labels.SERVER_TYPE, service.serverType());
    putIfValid(labels, Labels.VPC_ID, service.vpcId());
    return labels;
  }

  private static void putIfValid(Map<String, String> labels, String key, String value) {
    if (ResourceNames.isLabelValue(value)) {
      labels.put(key, value);
    }
  }

  /** The status; of no generation yet, which whoever writes it knows. */
  static VpcEndpointServiceStatus status(
      EndpointService service, ConditionTimes before, Instant now) {
    ServicePhase phase = ServicePhase.of(service.status());
    return new VpcEndpointServiceStatus(
        text(service.serviceName()),
        text(service.status()),
        service.connectionCount(),
        list(service.ports(), ServiceMapper::port),
        portSummary(service),
        list(
            service.errors(), error -> new ServiceError(text(error.code()), text(error.message()))),
        text(service.serverType()),
        text(service.serviceType()),
        service.approvalEnabled(),
        text(service.vpcId()),
        text(service.portId()),
        text(service.vipPortId()),
        text(service.projectId()),
        text(service.tcpProxy()),
        list(service.tags(), tag -> new Tag(text(tag.key()), text(tag.value()))),
        text(service.createdAt()),
        text(service.updatedAt()),
        text(service.description()),
        text(service.domainId()),
        text(service.poolId()),
        text(service.publicBorderGroup()),
        text(service.ip()),
        null,
        ServiceConditions.of(phase, message(phase, service), before, now));
  }

  /** Empty text is absent: Kubernetes 1.20 takes it for a null, and refuses the whole status. */
  private static String text(String sent) {
    return sent == null || sent.isEmpty() ? null : sent;
  }

  private static PortMapping port(EndpointService.Port port) {
    return new PortMapping(port.clientPort(), port.serverPort(), text(port.protocol()));
  }

  /** Client and server port with protocol; what the cloud did not send is a question mark. */
  private static String portSummary(EndpointService service) {
    if (service.ports().isEmpty()) {
      return null;
    }
    return service.ports().stream()
        .map(
            port ->
                orUnknown(port.clientPort())
                    + ":"
                    + orUnknown(port.serverPort())
                    + "/"
                    + orUnknown(text(port.protocol())))
        .collect(Collectors.joining(","));
  }

  private static String orUnknown(Object part) {
    return part == null ? "?" : part.toString();
  }

  private static <A, B> List<B> list(List<A> items, Function<A, B> mapping) {
    return items.isEmpty() ? null : items.stream().map(mapping).toList();
  }

  private static String message(ServicePhase phase, EndpointService service) {
    return switch (phase) {
      case AVAILABLE -> "The service is available.";
      case CREATING -> "The service is being created.";
      case DELETING -> "The service is being deleted.";
      case FAILED -> failedMessage(service);
      default ->
          isBlank(service.status())
              ? "The cloud sent no status."
              : "The cloud's status is not one that this operator knows: " + cut(service.status());
    };
  }

  /** The same for every order of the errors, of which the cloud promises none. */
  private static String failedMessage(EndpointService service) {
    String codes =
        service.errors().stream()
            .map(error -> isBlank(error.code()) ? error.message() : error.code())
            .filter(text -> !isBlank(text))
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return codes.isEmpty() ? "The service failed." : "The service failed: " + cut(codes);
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }

  /**
   * A condition's message is for people: bounded, and nothing that a terminal would obey. The whole
   * text is in the status.
   */
  private static String cut(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MAX_SHOWN)
        .map(c -> isShowable(c) ? c : '\uFFFD')
        .forEach(shown::appendCodePoint);
    return text.codePointCount(0, text.length()) <= MAX_SHOWN ? shown.toString() : shown + "…";
  }

  private static boolean isShowable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
