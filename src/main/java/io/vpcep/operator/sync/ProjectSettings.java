package io.vpcep.operator.sync;

import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.Prune;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.PrunePolicy;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.Query;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A project's spec, understood: defaults filled in, durations read, everything checked that the
 * schema cannot check on every version of Kubernetes.
 *
 * @param fastInterval the interval while something is moving, at most {@code interval}; the same
 *     where the spec names none
 * @param listedFrom digest of endpoint, projectId and query: what a listing is a listing of
 */
public record ProjectSettings(
    URI endpoint,
    String projectId,
    ServiceQuery query,
    PruneRules prune,
    Duration interval,
    Duration fastInterval,
    Duration timeout,
    Duration staleAfter,
    String listedFrom) {

  /** Where a spec names no interval. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

  /** Where a spec does not say when services turn stale. */
  public static final Duration DEFAULT_STALE_AFTER = Duration.ofMinutes(30);

  private static final Duration MIN_INTERVAL = Duration.ofSeconds(5);
  private static final int MAX_PORT = 65_535;

  /**
   * Reads a spec.
   *
   * @throws SyncFailure {@code InvalidSpec}, with a message that names the field and the remedy
   */
  public static ProjectSettings of(VpcEndpointProjectSpec spec) throws SyncFailure {
    if (spec == null) {
      throw invalid(
          "spec",
          "is missing, or not of the shape that `kubectl explain vpcendpointproject.spec` shows: set"
              + " endpoint and projectId, and install the operator's own definitions");
    }
    URI endpoint = endpoint(spec.endpoint());
    String projectId = projectId(spec.projectId());
    checkCredentials(spec.credentials());
    ServiceQuery query = query(spec.query());
    Duration interval = duration("spec.interval", spec.interval(), DEFAULT_INTERVAL, MIN_INTERVAL);
    return new ProjectSettings(
        endpoint,
        projectId,
        query,
        prune(spec.prune()),
        interval,
        fastInterval(spec.fastInterval(), interval),
        duration("spec.timeout", spec.timeout(), Duration.ofSeconds(30), Duration.ofMillis(1)),
        duration("spec.staleAfter", spec.staleAfter(), DEFAULT_STALE_AFTER, Duration.ofMillis(1)),
        digest(endpoint, projectId, query));
  }

  private static Duration fastInterval(String text, Duration interval) throws SyncFailure {
    Duration fast = duration("spec.fastInterval", text, interval, MIN_INTERVAL);
    if (fast.compareTo(interval) > 0) {
      throw invalid(
          "spec.fastInterval",
          "must not be longer than spec.interval, which is " + Durations.show(interval));
    }
    return fast;
  }

  private static URI endpoint(String value) throws SyncFailure {
    if (value == null || value.isBlank()) {
      throw invalid("spec.endpoint", "is missing: set the base URL of the query API");
    }
    return baseUrl("spec.endpoint", value);
  }

  /**
   * The base URL of the identity service, where a spec names one.
   *
   * @throws SyncFailure {@code InvalidSpec} where it is no base URL
   */
  public static Optional<URI> iamEndpoint(VpcEndpointProjectSpec.Credentials given)
      throws SyncFailure {
    String value = given == null ? null : emptyIsAbsent(given.iamEndpoint());
    return value == null
        ? Optional.empty()
        : Optional.of(baseUrl("spec.credentials.iamEndpoint", value));
  }

  private static URI baseUrl(String field, String value) throws SyncFailure {
    try {
      URI uri = new URI(value);
      boolean http =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      if (!http || uri.getHost() == null) {
        throw invalid(field, "is no http or https URL with a host");
      }
      if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
        throw invalid(field, "must name a port of 1 to 65535, or none");
      }
      if (uri.getRawUserInfo() != null
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null) {
        throw invalid(field, "must not hold user info, a query or a fragment");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw invalid(field, "is no URL: " + e.getReason());
    }
  }

  private static String projectId(String value) throws SyncFailure {
    if (value == null || !value.matches("[A-Za-z0-9_-]{1,64}")) {
      throw invalid("spec.projectId", "must be 1 to 64 letters, digits, dashes or underscores");
    }
    return value;
  }

  private static void checkCredentials(VpcEndpointProjectSpec.Credentials given)
      throws SyncFailure {
    if (given == null) {
      return;
    }
    int sources =
        (given.secretRef() == null ? 0 : 1)
            + (given.nodeAgency() == null ? 0 : 1)
            + (given.podIdentity() == null ? 0 : 1);
    if (sources != 1) {
      throw invalid(
          "spec.credentials", "must set exactly one of secretRef, nodeAgency and podIdentity");
    }
    iamEndpoint(given);
  }

  private static ServiceQuery query(Query query) throws SyncFailure {
    if (query == null) {
      return ServiceQuery.everything(ServiceQuery.MAX_PAGE_SIZE);
    }
    int pageSize = query.pageSize() == null ? ServiceQuery.MAX_PAGE_SIZE : query.pageSize();
    if (pageSize < 1 || pageSize > ServiceQuery.MAX_PAGE_SIZE) {
      throw invalid("spec.query.pageSize", "must be 1 to 1000, not " + pageSize);
    }
    return new ServiceQuery(
        emptyIsAbsent(query.serviceName()),
        emptyIsAbsent(query.id()),
        emptyIsAbsent(query.status()),
        emptyIsAbsent(query.sortKey()),
        query.sortDirection() == null ? null : query.sortDirection().name(),
        pageSize);
  }

  private static String emptyIsAbsent(String value) {
    return value == null || value.isEmpty() ? null : value;
  }

  private static PruneRules prune(Prune prune) throws SyncFailure {
    if (prune == null) {
      return new PruneRules(true, 2, 50);
    }
    int afterMisses = prune.afterMisses() == null ? 2 : prune.afterMisses();
    int maxPercent = prune.maxPercent() == null ? 50 : prune.maxPercent();
    if (afterMisses < 1) {
      throw invalid("spec.prune.afterMisses", "must be at least 1, not " + afterMisses);
    }
    if (maxPercent < 0 || maxPercent > 100) {
      throw invalid("spec.prune.maxPercent", "must be 0 to 100, not " + maxPercent);
    }
    return new PruneRules(prune.policy() != PrunePolicy.Orphan, afterMisses, maxPercent);
  }

  private static Duration duration(String field, String text, Duration byDefault, Duration least)
      throws SyncFailure {
    if (text == null) {
      return byDefault;
    }
    Duration duration =
        Durations.parse(text)
            .orElseThrow(() -> invalid(field, "is no duration: write it as 30s, 5m or 1h30m"));
    if (duration.compareTo(least) < 0) {
      throw invalid(field, "must be at least " + Durations.show(least));
    }
    return duration;
  }

  /** Sorting and paging do not change what is listed. Lengths keep the parts apart. */
  private static String digest(URI endpoint, String projectId, ServiceQuery query) {
    String all =
        Stream.of(endpoint.toString(), projectId, query.serviceName(), query.id(), query.status())
            .map(part -> part == null ? "-" : part.length() + ":" + part)
            .collect(Collectors.joining());
    return HexFormat.of().formatHex(Sha256.of(all.getBytes(StandardCharsets.UTF_8)), 0, 16);
  }

  private static SyncFailure invalid(String field, String remedy) {
    return new SyncFailure(FailureReason.INVALID_SPEC, field + " " + remedy);
  }
}
