package io.vpcep.operator.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** The mirror of one VPC endpoint service of the cloud. Written by the operator alone. */
@JsonClassDescription(
    "The mirror of one VPC endpoint service of the cloud. Written by the operator alone.")
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Plural("vpcendpointservices")
@Singular("vpcendpointservice")
@ShortNames("vpces")
@Categories("vpcep")
@AdditionalSelectableField(jsonPath = ".status.availability")
@AdditionalSelectableField(jsonPath = ".status.serviceName")
@AdditionalPrinterColumn(name = "Service", jsonPath = ".status.serviceName")
@AdditionalPrinterColumn(name = "Availability", jsonPath = ".status.availability")
@AdditionalPrinterColumn(
    name = "Connections",
    jsonPath = ".status.connectionCount",
    type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Ports", jsonPath = ".status.portSummary")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "Type", jsonPath = ".status.serviceType", priority = 1)
@AdditionalPrinterColumn(name = "Server", jsonPath = ".status.serverType", priority = 1)
@AdditionalPrinterColumn(name = "VPC", jsonPath = ".status.vpcId", priority = 1)
@AdditionalPrinterColumn(name = "Project", jsonPath = ".spec.projectRef.name", priority = 1)
public final class VpcEndpointService
    extends CustomResource<VpcEndpointServiceSpec, VpcEndpointServiceStatus>
    implements Namespaced {}
