package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.HttpUrl;

/** Says what a call met that brought no answer, in words that a user can act on. */
final class IoFailures {
  private final HttpUrl url;
  private final Timeouts timeouts;

  IoFailures(HttpUrl url, Timeouts timeouts) {
    this.url = url;
    this.timeouts = timeouts;
  }

  SyncFailure classify(IOException e) {
    AddressRefusedException refused = find(e, AddressRefusedException.class);
    if (refused != null) {
      return refused.failure();
    }
    ProxyException proxy = find(e, ProxyException.class);
    if (proxy != null) {
      return new SyncFailure(FailureReason.ENDPOINT_UNREACHABLE, proxy.getMessage(), null, e);
    }
    return new SyncFailure(FailureReason.ENDPOINT_UNREACHABLE, message(e), null, e);
  }

  /**
   * False for what stays until somebody changes it: an address, the refusal of a proxy, a
   * certificate, no TLS at all.
   */
  boolean isTransient(IOException e) {
    ProxyException proxy = find(e, ProxyException.class);
    return find(e, AddressRefusedException.class) == null
        && (proxy == null || !proxy.isRefusal())
        && (!(e instanceof SSLException) || wasCut(e));
  }

  private static boolean wasCut(IOException e) {
    return find(e, EOFException.class) != null || find(e, SocketException.class) != null;
  }

  private String message(IOException e) {
    String host = url.host();
    if (e instanceof UnknownHostException) {
      return "cannot resolve host " + host;
    }
    if (e instanceof SocketTimeoutException) {
      return says(e, "connect")
          ? "no connection to %s within %s".formatted(server(), Deadline.text(timeouts.connect()))
          : "no answer from %s within %s".formatted(server(), Deadline.text(timeouts.read()));
    }
    if (e instanceof SSLException) {
      return "TLS handshake with %s failed: %s".formatted(host, tlsProblem(e));
    }
    if (e instanceof ConnectException) {
      return (says(e, "refused") ? "connection refused by " : "cannot connect to ") + server();
    }
    if (e instanceof NoRouteToHostException) {
      return "no route to " + server();
    }
    return "the connection to %s was cut".formatted(server());
  }

  private String server() {
    return url.host() + ":" + url.port();
  }

  private static String tlsProblem(IOException e) {
    if (e instanceof SSLPeerUnverifiedException) {
      return "the certificate is for another host";
    }
    if (find(e, CertificateExpiredException.class) != null) {
      return "certificate expired";
    }
    if (find(e, CertPathBuilderException.class) != null
        || find(e, CertPathValidatorException.class) != null) {
      return "certificate not trusted (set spec.tls.caSecretRef)";
    }
    return wasCut(e) ? "the connection was cut" : "the server does not speak TLS as it should";
  }

  /** OkHttp wraps what the platform says, which has no types of its own for these cases. */
  private static boolean says(Throwable e, String word) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT).contains("connection " + word)
          || String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT).startsWith(word)) {
        return true;
      }
    }
    return false;
  }

  private static <T extends Throwable> T find(Throwable e, Class<T> type) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
