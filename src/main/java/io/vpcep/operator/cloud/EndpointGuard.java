package io.vpcep.operator.cloud;

import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.Dns;
import okhttp3.HttpUrl;

/**
 * Keeps projects to the endpoints that they may name. Whoever may write a project could else make
 * the operator call services that only it can reach, and send a Secret there.
 */
final class EndpointGuard implements Dns {
  /** Where OkHttp takes a host for an address, and asks no Dns. */
  private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*|[0-9.]+");

  /** Where the query API is served by clouds of this kind. */
  private static final List<String> CLOUDS =
      List.of(
          "vpcep.*.myhuaweicloud.com",
          "vpcep.*.myhuaweicloud.eu",
          "vpcep.*.otc.t-systems.com",
          "vpcep.*.prod-cloud-ocb.orange-business.com");

  /** What some resolvers take for an address (the WHATWG's "ends in a number"), as in 0x7f.1. */
  private static final Pattern NUMBER_AT_ITS_END =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)\\.?");

  private static final Pattern DOTTED_DECIMAL =
      Pattern.compile("(?:0|[1-9][0-9]{0,2})(?:\\.(?:0|[1-9][0-9]{0,2})){3}");

  private final EndpointRules rules;
  private final Dns dns;

  EndpointGuard(EndpointRules rules, Dns dns) {
    this.rules = rules;
    this.dns = dns;
  }

  /**
   * The endpoint as OkHttp understands it, when it may be called as far as its URL tells.
   *
   * @throws SyncFailure ENDPOINT_NOT_ALLOWED, or INVALID_SPEC when it is no URL
   */
  HttpUrl check(URI endpoint) throws SyncFailure {
    HttpUrl url = checkUrl("spec.endpoint", endpoint);
    checkHost(url.host());
    return url;
  }

  /**
   * As {@link #check(URI)}, for a field other than {@code spec.endpoint}, which the message names.
   */
  HttpUrl check(String field, URI endpoint) throws SyncFailure {
    HttpUrl url = checkUrl(field, endpoint);
    try {
      checkHost(url.host());
    } catch (SyncFailure e) {
      throw new SyncFailure(e.reason(), field + ": " + e.getMessage());
    }
    return url;
  }

  private HttpUrl checkUrl(String field, URI endpoint) throws SyncFailure {
    String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !(scheme.equals("http") && rules.allowInsecure())) {
      throw refused(
          field
              + " must start with https://"
              + (scheme.equals("http") ? " (VPCEP_ALLOW_INSECURE_ENDPOINTS allows http)" : ""));
    }
    HttpUrl url = HttpUrl.parse(endpoint.toString());
    // OkHttp would take the path for the host that is missing.
    if (url == null || endpoint.getRawAuthority() == null) {
      throw new SyncFailure(FailureReason.INVALID_SPEC, field + " is not a URL with a host");
    }
    if (endpoint.getRawUserInfo() != null
        || !url.encodedUsername().isEmpty()
        || !url.encodedPassword().isEmpty()
        || url.encodedQuery() != null
        || url.encodedFragment() != null) {
      throw refused(field + " must not hold a user, a query or a fragment");
    }
    return url;
  }

  private void checkHost(String host) throws SyncFailure {
    List<String> patterns = rules.allowedHosts();
    if (!patterns.isEmpty() && patterns.stream().noneMatch(pattern -> matches(pattern, host))) {
      throw refused("host %s is not among VPCEP_ALLOWED_ENDPOINTS".formatted(host));
    }
    if (rules.allowInsecure()) {
      return;
    }
    if (NUMBER_AT_ITS_END.matcher(host).matches() && !DOTTED_DECIMAL.matcher(host).matches()) {
      throw refused(
          "host %s looks like an address and may be read as several ones: write a name, or four decimal numbers (VPCEP_ALLOW_INSECURE_ENDPOINTS allows it)"
              .formatted(host));
    }
    if (LITERAL.matcher(host).matches()) {
      checkLiteral(host);
    }
  }

  /**
   * Keeps the operator's own credentials to hosts that are the cloud's: whoever may write a project
   * chooses its endpoint, and could else have them sent to a host of his own.
   *
   * @param host of an endpoint that {@link #check(URI)} let through
   */
  void checkForOperator(String host) throws SyncFailure {
    boolean named = !rules.allowedHosts().isEmpty();
    if (!rules.allowInsecure()
        && !named
        && CLOUDS.stream().noneMatch(pattern -> matches(pattern, host))) {
      throw refused(
          ("host %s may not see the operator's own credentials (nodeAgency, podIdentity): it is no"
                  + " known host of the cloud; name it in VPCEP_ALLOWED_ENDPOINTS, or use a"
                  + " secretRef")
              .formatted(host));
    }
  }

  private void checkLiteral(String host) throws SyncFailure {
    try {
      checkAddresses(host, List.of(InetAddress.getByName(host)));
    } catch (UnknownHostException e) {
      throw refused("host %s is not an address".formatted(host));
    }
  }

  /** Looks a name up and checks what it stands for, each time: the answer may change. */
  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    List<InetAddress> addresses = dns.lookup(host);
    try {
      if (!rules.allowInsecure()) {
        checkAddresses(host, addresses);
      }
    } catch (SyncFailure e) {
      throw new AddressRefusedException(e);
    }
    return addresses;
  }

  /**
   * The same for a name that a proxy will look up, as far as it means anything here: what does not,
   * is left to the proxy, which answers to whoever runs the operator.
   *
   * @throws AddressRefusedException when it has an address here that may not be called
   */
  void checkBehindProxy(String host) throws AddressRefusedException {
    try {
      lookup(host);
    } catch (AddressRefusedException e) {
      throw e;
    } catch (UnknownHostException leftToTheProxy) {
      // Where all calls go through a proxy, public names often mean nothing.
    }
  }

  /** The way that calls take. */
  ProxyWay way() {
    return new ProxyWay(rules.proxies(), this, dns);
  }

  /** Hides these secrets, and those of the way. */
  Redaction redaction(Collection<String> secrets) {
    List<String> all = new ArrayList<>(rules.proxies().secrets());
    all.addAll(secrets);
    return new Redaction(all);
  }

  private static void checkAddresses(String host, List<InetAddress> addresses) throws SyncFailure {
    for (InetAddress address : addresses) {
      if (!PublicAddresses.contains(address)) {
        throw refused(
            "host %s has the address %s, which is not public (VPCEP_ALLOW_INSECURE_ENDPOINTS allows it)"
                .formatted(host, address.getHostAddress()));
      }
    }
  }

  /** Label by label, where {@code *} stands for one whole label. */
  private static boolean matches(String pattern, String host) {
    String[] wanted = labels(pattern);
    String[] labels = labels(host);
    if (wanted.length != labels.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!wanted[i].equals("*") && !wanted[i].equals(labels[i])) {
        return false;
      }
    }
    return true;
  }

  private static String[] labels(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    return (lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower).split("\\.", -1);
  }

  private static SyncFailure refused(String message) {
    return new SyncFailure(FailureReason.ENDPOINT_NOT_ALLOWED, message);
  }
}
