package io.vpcep.operator.cluster;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.vpcep.operator.crd.VpcEndpointService;

/** The kind of the mirrored services, for requests whose answers must decode whatever they hold. */
final class MirrorKind {
  static final ResourceDefinitionContext CONTEXT =
      ResourceDefinitionContext.fromResourceType(VpcEndpointService.class);

  private MirrorKind() {}
}
