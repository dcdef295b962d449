package io.vpcep.operator.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * An HTTP proxy.
 *
 * @param host name or address, without brackets
 * @param port 1 to 65535
 * @param user name to log in with; null: none is sent
 * @param password secret; null exactly where {@code user} is
 */
public record HttpProxy(String host, int port, String user, String password) {

  /**
   * Reads {@code http://USER:PASSWORD@HOST:PORT}, where the scheme and what stands before the host
   * may be absent. The port may not: programs differ in what they take for it.
   *
   * @return empty for anything else, TLS to the proxy and SOCKS included
   */
  static Optional<HttpProxy> parse(String text) {
    try {
      URI uri = new URI(text.contains("://") ? text : "http://" + text);
      boolean plain =
          "http".equalsIgnoreCase(uri.getScheme())
              && uri.getRawPath().matches("/?")
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      boolean located = uri.getHost() != null && uri.getPort() > 0 && uri.getPort() <= 65_535;
      return plain && located ? Optional.of(of(uri)) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static HttpProxy of(URI uri) {
    String host = uri.getHost().replaceAll("[\\[\\]]", "");
    String userInfo = uri.getRawUserInfo();
    if (userInfo == null || userInfo.isEmpty()) {
      return new HttpProxy(host, uri.getPort(), null, null);
    }
    String[] parts = userInfo.split(":", 2);
    String password = parts.length == 1 ? "" : decoded(parts[1]);
    return new HttpProxy(host, uri.getPort(), decoded(parts[0]), password);
  }

  /** A plus is a plus here, not a blank as in forms. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Host and port as people write them. */
  public String address() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** What {@code Proxy-Authorization} holds (RFC 7617), where there is a user. */
  public Optional<String> authorization() {
    return Optional.ofNullable(user).map(name -> "Basic " + credentials());
  }

  /** What no message may show. */
  public List<String> secrets() {
    return user == null ? List.of() : List.of(password, credentials());
  }

  private String credentials() {
    byte[] bytes = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "HttpProxy[" + address() + "]";
  }
}
