package io.vpcep.operator.cluster;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceSpec;
import io.vpcep.operator.crd.VpcEndpointServiceSpec.ProjectReference;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import io.vpcep.operator.sync.ConditionTimes;
import io.vpcep.operator.sync.ContentDigest;
import io.vpcep.operator.sync.MirroredService;
import io.vpcep.operator.sync.ProjectIdentity;
import io.vpcep.operator.sync.ServiceConditions;
import io.vpcep.operator.sync.ServicePhase;
import io.vpcep.operator.sync.Write;
import java.time.Instant;
import java.util.Map;

/** Mirrored services to test with. */
final class Services {
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  static final ProjectIdentity PROD = new ProjectIdentity("network", "prod", "uid-prod");
  static final ProjectIdentity OTHER = new ProjectIdentity("network", "other", "uid-other");

  private Services() {}

  /** What the index keeps of a service. */
  static MirroredService mirrored(String name, String claimant, String resourceVersion) {
    return new MirroredService(
        name,
        claimant,
        resourceVersion,
        1,
        0,
        0,
        0,
        ServicePhase.AVAILABLE,
        0,
        new ConditionTimes(null, 0, 0, 0),
        null,
        false,
        false);
  }

  /** What the index would keep of a resource. */
  static MirroredService mirrored(VpcEndpointService resource) {
    return MirroredService.of(resource, new ContentDigest());
  }

  static Write create(VpcEndpointService wanted) {
    return new Write.Create(wanted.getMetadata().getName(), () -> wanted);
  }

  static Write repair(VpcEndpointService wanted) {
    return new Write.Repair(wanted.getMetadata().getName(), () -> wanted);
  }

  /** The resource that {@code project} wants for an available service. */
  static VpcEndpointService wanted(ProjectIdentity project, String name) {
    VpcEndpointService resource = new VpcEndpointService();
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(project.namespace())
            .withLabels(
                Map.of(
                    Labels.MANAGED_BY,
                    Labels.OPERATOR,
                    Labels.PROJECT,
                    project.name(),
                    Labels.SERVICE_TYPE,
                    "interface"))
            .addNewOwnerReference()
            .withApiVersion("vpcep.io/v1alpha1")
            .withKind("VpcEndpointProject")
            .withName(project.name())
            .withUid(project.uid())
            .withController(true)
            .endOwnerReference()
            .build());
    resource.setSpec(new VpcEndpointServiceSpec(new ProjectReference(project.name()), name));
    resource.setStatus(status("shop"));
    return resource;
  }

  /** The status of an available service. */
  static VpcEndpointServiceStatus status(String serviceName) {
    VpcEndpointServiceStatus none = VpcEndpointServiceStatus.empty();
    return new VpcEndpointServiceStatus(
        serviceName,
        "available",
        3L,
        none.ports(),
        none.portSummary(),
        none.errors(),
        none.serverType(),
        none.serviceType(),
        none.approvalEnabled(),
        none.vpcId(),
        none.portId(),
        none.vipPortId(),
        none.projectId(),
        none.tcpProxy(),
        none.tags(),
        none.createdAt(),
        none.updatedAt(),
        none.description(),
        none.domainId(),
        none.poolId(),
        none.publicBorderGroup(),
        none.ip(),
        null,
        ServiceConditions.of(ServicePhase.AVAILABLE, "The service is available.", null, NOW));
  }
}
