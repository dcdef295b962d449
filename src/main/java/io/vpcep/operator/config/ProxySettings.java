package io.vpcep.operator.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which calls to clouds go through a proxy: {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code
 * NO_PROXY}, which every program of a machine shares. Each may be written in lower case; where both
 * are set the upper case counts, as for the Kubernetes client, which reads no other.
 *
 * @param https for calls over TLS; null: none
 * @param http for plain calls; null: none
 * @param exceptions hosts that are called straight
 */
public record ProxySettings(HttpProxy https, HttpProxy http, List<NoProxy> exceptions) {
  /** Every call goes straight. */
  public static final ProxySettings NONE = new ProxySettings(null, null, List.of());

  private static final String HTTPS_PROXY = "HTTPS_PROXY";
  private static final String HTTP_PROXY = "HTTP_PROXY";
  private static final String NO_PROXY = "NO_PROXY";
  private static final String PROXY_REMEDY =
      " is not a proxy that can be used: write http://HOST:PORT or"
          + " http://USER:PASSWORD@HOST:PORT, percent-encoded";
  private static final String EXCEPTION_REMEDY =
      ": write hosts, addresses or ranges of addresses, separated by commas, such as"
          + " .svc,example.com,10.0.0.0/8";
  private static final int LONGEST_SHOWN = 80;

  /** Copies the list. */
  public ProxySettings {
    exceptions = List.copyOf(exceptions);
  }

  /**
   * Reads the three variables, of whatever else the environment holds.
   *
   * @throws InvalidSettings with every problem; none shows a proxy, which may hold a password
   */
  public static ProxySettings read(Map<String, String> environment) throws InvalidSettings {
    List<String> problems = new ArrayList<>();
    HttpProxy https = proxy(environment, HTTPS_PROXY, problems);
    HttpProxy http = proxy(environment, HTTP_PROXY, problems);
    List<NoProxy> exceptions = exceptions(environment, problems);
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
    return new ProxySettings(https, http, exceptions);
  }

  private static HttpProxy proxy(
      Map<String, String> environment, String variable, List<String> problems) {
    Optional<String> name = named(environment, variable);
    Optional<HttpProxy> proxy =
        name.flatMap(present -> HttpProxy.parse(environment.get(present).strip()));
    if (name.isPresent() && proxy.isEmpty()) {
      problems.add(name.get() + PROXY_REMEDY);
    }
    return proxy.orElse(null);
  }

  private static List<NoProxy> exceptions(Map<String, String> environment, List<String> problems) {
    Optional<String> name = named(environment, NO_PROXY);
    String[] items = name.map(environment::get).orElse("").split(",");
    List<NoProxy> exceptions = new ArrayList<>();
    for (String item : Arrays.stream(items).map(String::strip).toList()) {
      Optional<NoProxy> exception = NoProxy.parse(item);
      exception.ifPresent(exceptions::add);
      if (exception.isEmpty() && !item.isEmpty()) {
        problems.add(name.orElseThrow() + " holds \"" + shown(item) + "\"" + EXCEPTION_REMEDY);
      }
    }
    return exceptions;
  }

  private static String shown(String item) {
    String line = item.replaceAll("\\p{Cntrl}", "?");
    return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "..." : line;
  }

  /** Under which name the variable is set; one without content counts as absent. */
  private static Optional<String> named(Map<String, String> environment, String variable) {
    return Stream.of(variable, variable.toLowerCase(Locale.ROOT))
        .filter(name -> !environment.getOrDefault(name, "").isBlank())
        .findFirst();
  }

  /**
   * The proxy for a call; empty: the call goes straight, as one to this machine always does.
   *
   * @param tls whether the URL begins with https
   * @param host name or address, with or without brackets
   */
  public Optional<HttpProxy> proxyFor(boolean tls, String host, int port) {
    HttpProxy proxy = tls ? https : http;
    return proxy == null || isException(host, port) ? Optional.empty() : Optional.of(proxy);
  }

  /**
   * Whether calls to a host go straight wherever there is a proxy.
   *
   * @param host name or address, with or without brackets
   */
  public boolean isException(String host, int port) {
    String bare = host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]|\\.$", "");
    return isThisMachine(bare)
        || exceptions.stream().anyMatch(exception -> exception.matches(bare, port));
  }

  private static boolean isThisMachine(String host) {
    InetAddress address = NoProxy.address(host);
    return host.equals("localhost") || (address != null && address.isLoopbackAddress());
  }

  /** What no message may show. */
  public List<String> secrets() {
    return Stream.of(https, http)
        .filter(proxy -> proxy != null)
        .flatMap(proxy -> proxy.secrets().stream())
        .distinct()
        .toList();
  }
}
