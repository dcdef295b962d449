package io.vpcep.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** Says what is mirrored: which service, configured by which project. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VpcEndpointServiceSpec(
    @Required
        @JsonPropertyDescription(
            "The VpcEndpointProject, in the same namespace, that this service was found by.")
        ProjectReference projectRef,
    @Required @JsonPropertyDescription("The unique ID of the VPC endpoint service in the cloud.")
        String serviceId) {

  /** Names a VpcEndpointProject of the same namespace. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ProjectReference(
      @Required @JsonPropertyDescription("The metadata.name of the VpcEndpointProject.")
          String name) {}
}
