package io.vpcep.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Which cloud project to list, how, and how often. Durations are written as {@code 30s}, {@code 5m}
 * or {@code 1h30m}. An absent field has the default that its description names.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VpcEndpointProjectSpec(
    @Required
        @Size(max = 2048)
        @Pattern("^https?://[^\\s/?#@]+(/[^\\s?#]*)?$")
        @JsonPropertyDescription(
            "Base URL of the query API, such as https://vpcep.ae-ad-1.myhuaweicloud.com. Plain http"
                + " and private addresses need the operator's VPCEP_ALLOW_INSECURE_ENDPOINTS.")
        String endpoint,
    @Required
        @Pattern("^[A-Za-z0-9_-]{1,64}$")
        @JsonPropertyDescription("ID of the cloud project whose services are listed.")
        String projectId,
    @ValidationRule(
            value =
                "(has(self.secretRef) ? 1 : 0) + (has(self.nodeAgency) ? 1 : 0)"
                    + " + (has(self.podIdentity) ? 1 : 0) == 1",
            message = "set exactly one of secretRef, nodeAgency and podIdentity")
        @JsonPropertyDescription(
            "What the operator authenticates with; exactly one source. Absent: no credentials are"
                + " sent.")
        Credentials credentials,
    @JsonPropertyDescription("Transport security towards the endpoint.") Tls tls,
    @Default("1m")
        @Size(max = 32)
        @Pattern(DURATION)
        @ValidationRule(
            value = "duration(self) >= duration('5s')",
            message = "interval must be at least 5s")
        @JsonPropertyDescription("Time between two listings; at least 5s. Default 1m.")
        String interval,
    @Size(max = 32)
        @Pattern(DURATION)
        @ValidationRule(
            value = "duration(self) >= duration('5s')",
            message = "fastInterval must be at least 5s")
        @JsonPropertyDescription(
            "Time between two listings while a service is creating or deleting, or the last sync"
                + " changed something; at least 5s, at most interval. Absent: interval alone counts.")
        String fastInterval,
    @Default("30s")
        @Size(max = 32)
        @Pattern(DURATION)
        @ValidationRule(
            value = "duration(self) > duration('0s')",
            message = "timeout must be more than 0s")
        @JsonPropertyDescription("Time for one whole listing, all its pages. Default 30s.")
        String timeout,
    @Default("false")
        @JsonPropertyDescription(
            "True: nothing is listed or written; what is mirrored stays. Default false.")
        Boolean suspend,
    @JsonPropertyDescription("Parameters of the query API; without it every service is listed.")
        Query query,
    @JsonPropertyDescription("What happens to the mirror of a service that is gone.") Prune prune,
    @Default("30m")
        @Size(max = 32)
        @Pattern(DURATION)
        @ValidationRule(
            value = "duration(self) > duration('0s')",
            message = "staleAfter must be more than 0s")
        @JsonPropertyDescription(
            "Without a successful listing for so long, services turn Ready=Unknown. Default 30m.")
        String staleAfter) {

  /** A Go duration without sign; hours, minutes, seconds and milliseconds. */
  private static final String DURATION = "^([0-9]+(\\.[0-9]+)?(h|m|s|ms))+$";

  private static final String DNS_SUBDOMAIN =
      "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

  /** Where the credentials come from: exactly one of the three sources. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Credentials(
      @JsonPropertyDescription(
              "A Secret of the same namespace with token; or accessKey, secretKey and optionally"
                  + " securityToken; or username, password and domainName.")
          SecretReference secretRef,
      @JsonPropertyDescription("The agency of the node that the operator runs on.")
          NodeAgency nodeAgency,
      @JsonPropertyDescription("The CCE pod identity of the operator.") PodIdentity podIdentity,
      @Size(max = 2048)
          @Pattern("^https?://[^\\s/?#@]+(/[^\\s?#]*)?$")
          @JsonPropertyDescription(
              "Base URL of the identity service; needed with username and password.")
          String iamEndpoint) {}

  /** Names a Secret of the same namespace. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SecretReference(
      @Required
          @Size(min = 1, max = 253)
          @Pattern(DNS_SUBDOMAIN)
          @JsonPropertyDescription("The metadata.name of the Secret.")
          String name) {}

  /** The agency of the node; has no settings. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record NodeAgency() {}

  /** CCE pod identity; has no settings. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PodIdentity() {}

  /** Additional trust. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Tls(
      @JsonPropertyDescription(
              "A Secret of the same namespace whose key ca.crt holds PEM certificates, added to the"
                  + " trusted authorities.")
          SecretReference caSecretRef) {}

  /** The parameters of the query API. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Query(
      @Size(max = 1024)
          @JsonPropertyDescription(
              "endpoint_service_name: part of the service's name, in any case of letters.")
          String serviceName,
      @Size(max = 256) @JsonPropertyDescription("id: the unique ID of one service.") String id,
      @Size(max = 64) @JsonPropertyDescription("status: creating, available, failed or deleting.")
          String status,
      @Size(max = 64)
          @JsonPropertyDescription(
              "sort_key: created_at or updated_at; create_at or update_at on some clouds. Not sent"
                  + " unless set.")
          String sortKey,
      @JsonPropertyDescription("sort_dir: asc or desc. Not sent unless set.")
          SortDirection sortDirection,
      @Default("1000")
          @Min(1)
          @Max(1000)
          @JsonPropertyDescription("limit: services in one page, 1 to 1000. Default 1000.")
          Integer pageSize) {}

  /** What happens to the mirror of a service that complete listings lack. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Prune(
      @Default("Delete")
          @JsonPropertyDescription(
              "Delete removes the resource; Orphan keeps it, Ready=False. Default Delete.")
          PrunePolicy policy,
      @Default("2")
          @Min(1)
          @Max(1000)
          @JsonPropertyDescription(
              "Complete listings in a row that must lack a service before it is pruned. Default 2.")
          Integer afterMisses,
      @Default("50")
          @Min(0)
          @Max(100)
          @JsonPropertyDescription(
              "Refuse to prune more than this share of the mirrored services at once, in percent;"
                  + " up to 5 services always go. Default 50.")
          Integer maxPercent) {}

  /** Direction of {@code sort_dir}. */
  public enum SortDirection {
    /** Oldest first. */
    asc,
    /** Newest first. */
    desc
  }

  /** Policy of {@link Prune}. */
  public enum PrunePolicy {
    /** The mirror of a service that is gone is deleted. */
    Delete,
    /** The mirror of a service that is gone stays and says so. */
    Orphan
  }
}
