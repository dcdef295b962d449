package io.vpcep.operator.sync;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * Digests of services as they were listed for a project: the same digest, the same resource. Made
 * of every service in every sync, so that it is cheap: one pass over one buffer, and 64 bits of
 * SHA-256, since what the cloud sends is not trusted.
 *
 * <p>Lengths and numbers come before what they count, so that no two services look the same. Not
 * thread-safe.
 */
final class ListedDigest {
  private static final int ABSENT = -1;

  private final MessageDigest sha = Sha256.instance();
  private final byte[] project;
  private byte[] bytes = new byte[4096];
  private int length;

  ListedDigest(ProjectIdentity project) {
    put(project.namespace());
    put(project.name());
    put(project.uid());
    this.project = Arrays.copyOf(bytes, length);
  }

  /** The digest, which is never 0. */
  long of(EndpointService service) {
    length = 0;
    append(project);
    put(service.id());
    put(service.serviceName());
    put(service.status());
    put(service.connectionCount());
    put(service.serverType());
    put(service.serviceType());
    put(service.approvalEnabled());
    put(service.vpcId());
    put(service.portId());
    put(service.vipPortId());
    put(service.projectId());
    put(service.tcpProxy());
    put(service.createdAt());
    put(service.updatedAt());
    put(service.description());
    put(service.domainId());
    put(service.poolId());
    put(service.publicBorderGroup());
    put(service.ip());
    putPorts(service.ports());
    putErrors(service.errors());
    putTags(service.tags());
    sha.update(bytes, 0, length);
    long digest = ByteBuffer.wrap(sha.digest()).getLong();
    return digest == 0 ? 1 : digest;
  }

  private void putPorts(List<EndpointService.Port> ports) {
    put((long) ports.size());
    for (EndpointService.Port port : ports) {
      put(port.clientPort());
      put(port.serverPort());
      put(port.protocol());
    }
  }

  private void putErrors(List<EndpointService.Failure> errors) {
    put((long) errors.size());
    for (EndpointService.Failure error : errors) {
      put(error.code());
      put(error.message());
    }
  }

  private void putTags(List<EndpointService.Tag> tags) {
    put((long) tags.size());
    for (EndpointService.Tag tag : tags) {
      put(tag.key());
      put(tag.value());
    }
  }

  private void put(String text) {
    if (text == null) {
      putInt(ABSENT);
      return;
    }
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    putInt(encoded.length);
    append(encoded);
  }

  private void put(Long number) {
    if (number == null) {
      putInt(ABSENT);
      return;
    }
    putInt(Long.BYTES);
    putInt((int) (number >>> Integer.SIZE));
    putInt(number.intValue());
  }

  private void put(Boolean flag) {
    putInt(flag == null ? ABSENT : flag ? 1 : 0);
  }

  private void putInt(int number) {
    reserve(Integer.BYTES);
    bytes[length++] = (byte) (number >>> 24);
    bytes[length++] = (byte) (number >>> 16);
    bytes[length++] = (byte) (number >>> 8);
    bytes[length++] = (byte) number;
  }

  private void append(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
