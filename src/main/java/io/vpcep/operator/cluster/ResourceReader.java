package io.vpcep.operator.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.ContentDigest;
import io.vpcep.operator.sync.MirroredService;

/**
 * Reads what the index keeps from a resource. One that does not decode (somebody wrote numbers past
 * every range) is kept by its metadata alone, so that it looks edited and is repaired, instead of
 * stopping the watch.
 */
final class ResourceReader {
  private final KubernetesSerialization serialization;

  ResourceReader(KubernetesSerialization serialization) {
    this.serialization = serialization;
  }

  MirroredService read(GenericKubernetesResource resource) {
    return MirroredService.of(typed(resource), new ContentDigest());
  }

  VpcEndpointService typed(GenericKubernetesResource resource) {
    try {
      return serialization.convertValue(resource, VpcEndpointService.class);
    } catch (IllegalArgumentException e) {
      VpcEndpointService undecodable = new VpcEndpointService();
      undecodable.setMetadata(resource.getMetadata());
      return undecodable;
    }
  }

  /** The form that {@link #read} and {@link #typed} take. */
  GenericKubernetesResource generic(VpcEndpointService resource) {
    return serialization.convertValue(resource, GenericKubernetesResource.class);
  }
}
