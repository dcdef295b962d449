package io.vpcep.operator.cloud;

import io.vpcep.operator.config.HttpProxy;
import io.vpcep.operator.config.ProxySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import okhttp3.Authenticator;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;

/**
 * Leads calls through the proxy of the environment, and logs in there.
 *
 * <p>OkHttp asks both at each new connection. It looks up the names of proxies like those of
 * endpoints; the operator's own environment names the proxy, so that its address is free, and is
 * looked up here, past the guard.
 */
final class ProxyWay extends ProxySelector implements Authenticator {
  private static final String LOGIN = "Proxy-Authorization";

  /** How OkHttp says that nobody asked yet: it is about to open a tunnel. */
  private static final String BEFORE_TUNNEL = "OkHttp-Preemptive";

  private final ProxySettings settings;
  private final EndpointGuard guard;
  private final Dns dns;

  /**
   * @param guard judges what the proxy is asked to call
   * @param dns finds the proxy
   */
  ProxyWay(ProxySettings settings, EndpointGuard guard, Dns dns) {
    this.settings = settings;
    this.guard = guard;
    this.dns = dns;
  }

  @Override
  public List<Proxy> select(URI uri) {
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
    return settings
        .proxyFor(tls, String.valueOf(uri.getHost()), port)
        .map(this::proxies)
        .orElseGet(() -> List.of(Proxy.NO_PROXY));
  }

  /** One for each of its addresses, which are tried in turn. */
  private List<Proxy> proxies(HttpProxy proxy) {
    try {
      return dns.lookup(proxy.host()).stream().map(address -> at(address, proxy.port())).toList();
    } catch (UnknownHostException e) {
      // OkHttp will find out as well, and say so as an error of the call.
      return List.of(
          new Proxy(
              Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
    }
  }

  private static Proxy at(InetAddress address, int port) {
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(address, port));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // OkHttp itself tries the others first next time.
  }

  @Override
  public Request authenticate(Route route, Response response) throws IOException {
    HttpUrl url = response.request().url();
    if (response.challenges().stream().anyMatch(c -> BEFORE_TUNNEL.equals(c.scheme()))) {
      guard.checkBehindProxy(url.host());
    }
    if (response.request().header(LOGIN) != null) {
      return null;
    }
    return proxyFor(url)
        .flatMap(HttpProxy::authorization)
        .map(login -> response.request().newBuilder().header(LOGIN, login).build())
        .orElse(null);
  }

  /** The proxy of calls to this URL. */
  Optional<HttpProxy> proxyFor(HttpUrl url) {
    return settings.proxyFor(url.isHttps(), url.host(), url.port());
  }
}
