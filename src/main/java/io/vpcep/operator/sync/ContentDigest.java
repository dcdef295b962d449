package io.vpcep.operator.sync;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceSpec;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import io.vpcep.operator.crd.VpcEndpointServiceStatus.PortMapping;
import io.vpcep.operator.crd.VpcEndpointServiceStatus.ServiceError;
import io.vpcep.operator.crd.VpcEndpointServiceStatus.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Digests of what the operator owns of a mirrored service, so that what is wanted can be compared
 * with what is there without keeping either. An equal digest means that nothing is written.
 *
 * <p>Empty is as good as absent: it is not written either. Left out: times of transition (they
 * follow from the rest), the order of ports, tags and errors (the cloud promises none), and labels
 * and annotations of others.
 *
 * <p>Not thread-safe; an instance is cheap beside a sync.
 */
public final class ContentDigest {
  private static final List<String> OWNED_LABELS =
      List.of(
          Labels.MANAGED_BY,
          Labels.PROJECT,
          Labels.SERVICE_TYPE,
          Labels.SERVER_TYPE,
          Labels.VPC_ID);

  private final DigestBuffer buffer = new DigestBuffer();

  /** Digest of labels, owner and spec: what one update of the resource itself would write. */
  public long ofIdentity(VpcEndpointService service) {
    Map<String, String> labels = service.getMetadata().getLabels();
    for (String key : OWNED_LABELS) {
      put(labels == null ? null : labels.get(key));
    }
    OwnerReference owner = Ownership.controllerOf(service);
    put(owner == null ? null : owner.getApiVersion());
    put(owner == null ? null : owner.getKind());
    put(owner == null ? null : owner.getName());
    put(owner == null ? null : owner.getUid());
    buffer.put(owner == null ? null : owner.getBlockOwnerDeletion());
    VpcEndpointServiceSpec spec = service.getSpec();
    put(spec == null ? null : spec.serviceId());
    put(spec == null || spec.projectRef() == null ? null : spec.projectRef().name());
    return buffer.finish();
  }

  /**
   * Digest of a status, of null as of an empty one.
   *
   * @param generation the resource's metadata.generation, which the status has to be of
   */
  public long ofStatus(VpcEndpointServiceStatus given, Long generation) {
    VpcEndpointServiceStatus status = given == null ? VpcEndpointServiceStatus.empty() : given;
    put(Objects.equals(status.observedGeneration(), generation) ? "current" : "outdated");
    putText(status);
    buffer.put(status.connectionCount());
    buffer.put(status.approvalEnabled());
    putUnordered(status.ports(), ContentDigest::text);
    putUnordered(portsOf(status.portSummary()), port -> port);
    putUnordered(status.errors(), ContentDigest::text);
    putUnordered(status.tags(), ContentDigest::text);
    putUnordered(status.conditions(), condition -> text(condition, generation));
    return buffer.finish();
  }

  private void putText(VpcEndpointServiceStatus status) {
    put(status.serviceName());
    put(status.availability());
    put(status.serverType());
    put(status.serviceType());
    put(status.vpcId());
    put(status.portId());
    put(status.vipPortId());
    put(status.projectId());
    put(status.tcpProxy());
    put(status.createdAt());
    put(status.updatedAt());
    put(status.description());
    put(status.domainId());
    put(status.poolId());
    put(status.publicBorderGroup());
    put(status.ip());
  }

  private static List<String> portsOf(String summary) {
    return summary == null ? List.of() : Arrays.asList(summary.split(",", -1));
  }

  private static String text(PortMapping port) {
    return join(port.clientPort(), port.serverPort(), port.protocol());
  }

  private static String text(ServiceError error) {
    return join(error.code(), error.message());
  }

  private static String text(Tag tag) {
    return join(tag.key(), tag.value());
  }

  private static String text(Condition condition, Long generation) {
    return join(
        condition.type(),
        condition.status(),
        condition.reason(),
        condition.message(),
        Objects.equals(condition.observedGeneration(), generation));
  }

  /** Lengths before the parts: no two lists of parts give the same text. */
  private static String join(Object... parts) {
    StringBuilder joined = new StringBuilder(64);
    for (Object part : parts) {
      String text = part == null ? "" : part.toString();
      joined.append(text.length()).append(':').append(text);
    }
    return joined.toString();
  }

  private <T> void putUnordered(Collection<T> items, Function<T, String> text) {
    if (items == null || items.isEmpty()) {
      buffer.putInt(0);
      return;
    }
    List<byte[]> encoded = new ArrayList<>(items.size());
    for (T item : items) {
      encoded.add(DigestBuffer.encoded(item == null ? "" : text.apply(item)));
    }
    encoded.sort(Arrays::compare);
    buffer.putInt(encoded.size());
    encoded.forEach(buffer::put);
  }

  private void put(String text) {
    buffer.put(text == null || text.isEmpty() ? null : text);
  }
}
