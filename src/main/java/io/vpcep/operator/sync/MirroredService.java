package io.vpcep.operator.sync;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;

/**
 * What the index keeps of one VpcEndpointService: small, since there may be a hundred thousand.
 *
 * @param claimant name of the project that it belongs to, see {@link Ownership#claimant}
 * @param generation metadata.generation; 0: none
 * @param identityDigest see {@link ContentDigest#ofIdentity}
 * @param statusDigest see {@link ContentDigest#ofStatus}
 * @param listedDigest see {@link ListedService#digest}: how the service was listed that this is
 *     known to show; 0: not known
 * @param phase what its {@code Ready} condition says
 * @param connections as mirrored; 0 where the cloud says nothing
 * @param ownerUid of the project that controls it; null: none does
 * @param asMarked it is what {@link LastKnown#marked} makes of it in this phase; false in phases
 *     that only a listing can tell
 * @param terminating it is deleted, and stays until the last of its finalizers is gone
 */
public record MirroredService(
    String name,
    String claimant,
    String resourceVersion,
    long generation,
    long identityDigest,
    long statusDigest,
    long listedDigest,
    ServicePhase phase,
    long connections,
    ConditionTimes times,
    String ownerUid,
    boolean asMarked,
    boolean terminating) {

  /** Reads from a resource what has to be remembered; the resource may hold anything. */
  public static MirroredService of(VpcEndpointService resource, ContentDigest digest) {
    VpcEndpointServiceStatus status =
        resource.getStatus() == null ? VpcEndpointServiceStatus.empty() : resource.getStatus();
    Long generation = resource.getMetadata().getGeneration();
    ServicePhase phase = phase(status);
    OwnerReference owner = Ownership.controllerOf(resource);
    return new MirroredService(
        resource.getMetadata().getName(),
        Ownership.claimant(resource).intern(),
        resource.getMetadata().getResourceVersion(),
        generation == null ? 0 : generation,
        digest.ofIdentity(resource),
        digest.ofStatus(status, generation),
        0,
        phase,
        status.connectionCount() == null ? 0 : status.connectionCount(),
        ConditionTimes.of(status.conditions()),
        owner == null || owner.getUid() == null ? null : owner.getUid().intern(),
        LastKnown.isAsMarked(resource, phase, digest),
        resource.getMetadata().getDeletionTimestamp() != null);
  }

  /** The same, known to show a service that was listed so. */
  public MirroredService showing(long listed) {
    return new MirroredService(
        name,
        claimant,
        resourceVersion,
        generation,
        identityDigest,
        statusDigest,
        listed,
        phase,
        connections,
        times,
        ownerUid,
        asMarked,
        terminating);
  }

  /** True when both show the same, whatever others changed between the one and the other. */
  public boolean hasContentOf(MirroredService other) {
    return identityDigest == other.identityDigest
        && statusDigest == other.statusDigest
        && generation == other.generation
        && claimant.equals(other.claimant);
  }

  /** True when marking it once more for {@code project} would change nothing. */
  boolean isMarkedFor(ProjectIdentity project, ServicePhase wanted) {
    return phase == wanted && asMarked && project.uid().equals(ownerUid);
  }

  /** The generation to write a status for; null where the server keeps none. */
  Long generationOrNull() {
    return generation == 0 ? null : generation;
  }

  private static ServicePhase phase(VpcEndpointServiceStatus status) {
    if (status.conditions() == null) {
      return ServicePhase.UNKNOWN_AVAILABILITY;
    }
    return status.conditions().stream()
        .filter(condition -> condition != null && Condition.READY.equals(condition.type()))
        .findFirst()
        .map(condition -> ServicePhase.ofReason(condition.reason()))
        .orElse(ServicePhase.UNKNOWN_AVAILABILITY);
  }
}
