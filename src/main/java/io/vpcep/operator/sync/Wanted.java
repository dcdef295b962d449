package io.vpcep.operator.sync;

import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import java.time.Instant;

/**
 * What a resource that is there already should be.
 *
 * @param status the one of {@code resource}, for the generation that is there
 */
record Wanted(VpcEndpointService resource, VpcEndpointServiceStatus status) {

  static Wanted of(
      EndpointService service, ProjectIdentity project, MirroredService mirrored, Instant now) {
    VpcEndpointService resource = ServiceMapper.resource(service, project, mirrored.times(), now);
    return new Wanted(resource, resource.getStatus().of(mirrored.generationOrNull()));
  }

  boolean isShownBy(MirroredService mirrored, ContentDigest digest) {
    return hasIdentityOf(mirrored, digest) && hasStatusOf(mirrored, digest);
  }

  boolean hasIdentityOf(MirroredService mirrored, ContentDigest digest) {
    return digest.ofIdentity(resource) == mirrored.identityDigest();
  }

  boolean hasStatusOf(MirroredService mirrored, ContentDigest digest) {
    return digest.ofStatus(status, mirrored.generationOrNull()) == mirrored.statusDigest();
  }
}
