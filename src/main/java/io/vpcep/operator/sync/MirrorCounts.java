package io.vpcep.operator.sync;

import io.vpcep.operator.crd.VpcEndpointProjectStatus.ServiceCounts;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** How many services a project mirrors, by phase, and their connections. */
public record MirrorCounts(ServiceCounts services, long connections) {

  /** Counts {@code mirrored}. */
  public static MirrorCounts of(Collection<MirroredService> mirrored) {
    Map<ServicePhase, Long> byPhase = new EnumMap<>(ServicePhase.class);
    long total = 0;
    long connections = 0;
    for (MirroredService service : mirrored) {
      total++;
      connections = sum(connections, service.connections());
      byPhase.merge(service.phase(), 1L, Long::sum);
    }
    long available = byPhase.getOrDefault(ServicePhase.AVAILABLE, 0L);
    long creating = byPhase.getOrDefault(ServicePhase.CREATING, 0L);
    long failed = byPhase.getOrDefault(ServicePhase.FAILED, 0L);
    long deleting = byPhase.getOrDefault(ServicePhase.DELETING, 0L);
    long other = total - available - creating - failed - deleting;
    return new MirrorCounts(
        new ServiceCounts(total, available, creating, failed, deleting, other), connections);
  }

  /** What the cloud counts is not trusted to stay in range, nor to be above zero. */
  private static long sum(long a, long b) {
    long counted = Math.max(b, 0);
    return a > Long.MAX_VALUE - counted ? Long.MAX_VALUE : a + counted;
  }
}
