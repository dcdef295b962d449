package io.vpcep.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What became of the last syncs of a project. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VpcEndpointProjectStatus(
    @JsonPropertyDescription("The metadata.generation that the last sync acted on.")
        Long observedGeneration,
    @JsonPropertyDescription("Ready, Reconciling and Stalled, as kstatus reads them.")
        List<Condition> conditions,
    @JsonPropertyDescription(
            "End of the last complete listing that was written. When nothing else changed it may lag"
                + " by up to 5 minutes.")
        String lastSyncTime,
    @JsonPropertyDescription(
            "Digest of endpoint, projectId and query of the listing that the mirror shows.")
        String listedFrom,
    @JsonPropertyDescription("The value of annotation vpcep.io/confirm-prune that was used up.")
        String lastConfirmedPrune,
    @JsonPropertyDescription("The last value of annotation vpcep.io/requestedAt that was acted on.")
        String lastHandledRequest,
    @JsonPropertyDescription("The mirrored services, counted by what the cloud says of them.")
        ServiceCounts services,
    @JsonPropertyDescription("Sum of the connection counts of the mirrored services.")
        Long connections) {

  /** Numbers of mirrored services. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ServiceCounts(
      @JsonPropertyDescription("All mirrored services.") Long total,
      @JsonPropertyDescription("Those that are available.") Long available,
      @JsonPropertyDescription("Those that are being created.") Long creating,
      @JsonPropertyDescription("Those that failed.") Long failed,
      @JsonPropertyDescription("Those that are being deleted.") Long deleting,
      @JsonPropertyDescription("Those in any other state, the ones no longer listed included.")
          Long other) {}

  /** The status of a project that was never synced. */
  public static VpcEndpointProjectStatus empty() {
    return new VpcEndpointProjectStatus(null, List.of(), null, null, null, null, null, null);
  }

  /** This, with conditions that speak of a generation. */
  public VpcEndpointProjectStatus withConditions(Long generation, List<Condition> conditions) {
    return new VpcEndpointProjectStatus(
        generation,
        conditions,
        lastSyncTime,
        listedFrom,
        lastConfirmedPrune,
        lastHandledRequest,
        services,
        connections);
  }

  /** This, with another end of the last sync. */
  public VpcEndpointProjectStatus withLastSyncTime(String lastSyncTime) {
    return new VpcEndpointProjectStatus(
        observedGeneration,
        conditions,
        lastSyncTime,
        listedFrom,
        lastConfirmedPrune,
        lastHandledRequest,
        services,
        connections);
  }

  /** This, with a confirmation that is used up. */
  public VpcEndpointProjectStatus withLastConfirmedPrune(String lastConfirmedPrune) {
    return new VpcEndpointProjectStatus(
        observedGeneration,
        conditions,
        lastSyncTime,
        listedFrom,
        lastConfirmedPrune,
        lastHandledRequest,
        services,
        connections);
  }

  /** This, with other numbers of services and of their connections. */
  public VpcEndpointProjectStatus withCounts(ServiceCounts services, Long connections) {
    return new VpcEndpointProjectStatus(
        observedGeneration,
        conditions,
        lastSyncTime,
        listedFrom,
        lastConfirmedPrune,
        lastHandledRequest,
        services,
        connections);
  }
}
