package io.vpcep.operator.cloud;

import io.vpcep.operator.config.HttpProxy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Tells the failures of a proxy from those of what it was asked to call. */
final class ProxyFailures implements Interceptor {
  /** What OkHttp says, which has no types of its own for these cases. */
  private static final String LOGIN_REFUSED = "Failed to authenticate with proxy";

  private static final Pattern TUNNEL_REFUSED =
      Pattern.compile("Unexpected response code for CONNECT: (\\d{3})");

  private final ProxyWay way;

  ProxyFailures(ProxyWay way) {
    this.way = way;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    try {
      return chain.proceed(chain.request());
    } catch (IOException e) {
      throw way.proxyFor(chain.request().url())
          .flatMap(proxy -> Optional.ofNullable(named(proxy, e)))
          .orElse(e);
    }
  }

  /** Null where it is not the proxy's. */
  private static IOException named(HttpProxy proxy, IOException e) {
    String refusal = refusal(proxy, String.valueOf(e.getMessage()));
    if (refusal != null) {
      return new ProxyException(refusal, true, e);
    }
    String failure = failure(proxy, e);
    return failure == null ? null : new ProxyException(failure, false, e);
  }

  private static String failure(HttpProxy proxy, IOException e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof UnknownHostException) {
      return e instanceof AddressRefusedException
          ? null
          : "cannot resolve the proxy " + proxy.host();
    }
    if (e instanceof ConnectException
        || e instanceof NoRouteToHostException
        || (e instanceof SocketTimeoutException
            && message.toLowerCase(Locale.ROOT).contains("connect"))) {
      return "cannot connect to the proxy " + proxy.address();
    }
    return null;
  }

  private static String refusal(HttpProxy proxy, String message) {
    if (message.equals(LOGIN_REFUSED)) {
      return proxy.user() == null
          ? "the proxy %s wants a user and a password".formatted(proxy.address())
          : "the proxy %s refused the user or the password".formatted(proxy.address());
    }
    Matcher refused = TUNNEL_REFUSED.matcher(message);
    return refused.matches()
        ? "the proxy %s answered %s instead of connecting"
            .formatted(proxy.address(), refused.group(1))
        : null;
  }
}
