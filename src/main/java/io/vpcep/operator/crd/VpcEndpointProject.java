package io.vpcep.operator.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A cloud project whose VPC endpoint services are mirrored into the namespace of this resource. */
@JsonClassDescription(
    "A cloud project whose VPC endpoint services are mirrored into the namespace of this resource.")
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Plural("vpcendpointprojects")
@Singular("vpcendpointproject")
@ShortNames("vpcproj")
@Categories("vpcep")
@AdditionalPrinterColumn(name = "Project", jsonPath = ".spec.projectId")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Services",
    jsonPath = ".status.services.total",
    type = Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Available",
    jsonPath = ".status.services.available",
    type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Failed", jsonPath = ".status.services.failed", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Last Sync", jsonPath = ".status.lastSyncTime", type = Type.DATE)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "Endpoint", jsonPath = ".spec.endpoint", priority = 1)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    priority = 1)
public final class VpcEndpointProject
    extends CustomResource<VpcEndpointProjectSpec, VpcEndpointProjectStatus>
    implements Namespaced {}
