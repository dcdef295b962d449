package io.vpcep.operator.sync;

import java.util.List;

/**
 * Digests of services as they were listed for a project: the same digest, the same resource. Made
 * of every service in every sync, so that it is cheap: one pass over one buffer. Not thread-safe.
 */
final class ListedDigest {
  private final DigestBuffer buffer = new DigestBuffer();
  private final byte[] project;

  ListedDigest(ProjectIdentity identity) {
    buffer.put(identity.namespace());
    buffer.put(identity.name());
    buffer.put(identity.uid());
    project = buffer.copy();
    buffer.finish();
  }

  /** The digest, which is never 0. */
  long of(EndpointService service) {
    buffer.append(project);
    buffer.put(service.id());
    buffer.put(service.serviceName());
    buffer.put(service.status());
    buffer.put(service.connectionCount());
    buffer.put(service.serverType());
    buffer.put(service.serviceType());
    buffer.put(service.approvalEnabled());
    buffer.put(service.vpcId());
    buffer.put(service.portId());
    buffer.put(service.vipPortId());
    buffer.put(service.projectId());
    buffer.put(service.tcpProxy());
    buffer.put(service.createdAt());
    buffer.put(service.updatedAt());
    buffer.put(service.description());
    buffer.put(service.domainId());
    buffer.put(service.poolId());
    buffer.put(service.publicBorderGroup());
    buffer.put(service.ip());
    putPorts(service.ports());
    putErrors(service.errors());
    putTags(service.tags());
    long digest = buffer.finish();
    return digest == 0 ? 1 : digest;
  }

  private void putPorts(List<EndpointService.Port> ports) {
    buffer.putInt(ports.size());
    for (EndpointService.Port port : ports) {
      buffer.put(port.clientPort());
      buffer.put(port.serverPort());
      buffer.put(port.protocol());
    }
  }

  private void putErrors(List<EndpointService.Failure> errors) {
    buffer.putInt(errors.size());
    for (EndpointService.Failure error : errors) {
      buffer.put(error.code());
      buffer.put(error.message());
    }
  }

  private void putTags(List<EndpointService.Tag> tags) {
    buffer.putInt(tags.size());
    for (EndpointService.Tag tag : tags) {
      buffer.put(tag.key());
      buffer.put(tag.value());
    }
  }
}
