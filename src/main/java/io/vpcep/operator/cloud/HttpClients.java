package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.Sha256;
import io.vpcep.operator.sync.SyncFailure;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** One HTTP client, and one derived from it for each set of certificates; all share one pool. */
final class HttpClients implements AutoCloseable {
  private static final int MAX_REQUESTS = 1024;
  private static final int MAX_IDLE_CONNECTIONS = 64;
  private static final int MAX_DERIVED = 64;

  private final EndpointGuard guard;
  private final Timeouts timeouts;
  private final OkHttpClient client;
  private final Map<String, OkHttpClient> derived =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, OkHttpClient> eldest) {
          return size() > MAX_DERIVED;
        }
      };

  /**
   * @param guard knows the way too
   */
  HttpClients(EndpointGuard guard, Timeouts timeouts) {
    this.guard = guard;
    this.timeouts = timeouts;
    ProxyWay way = guard.way();
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(MAX_REQUESTS);
    dispatcher.setMaxRequestsPerHost(MAX_REQUESTS);
    client =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(new ConnectionPool(MAX_IDLE_CONNECTIONS, 5, TimeUnit.MINUTES))
            .dns(guard)
            .proxySelector(way)
            .proxyAuthenticator(way)
            .addInterceptor(new ProxyFailures(way))
            .connectTimeout(timeouts.connect())
            .readTimeout(timeouts.read())
            .writeTimeout(timeouts.write())
            // A redirect would take X-Auth-Token along to wherever it leads.
            .followRedirects(false)
            .followSslRedirects(false)
            .build();
  }

  /** Who may be called. */
  EndpointGuard guard() {
    return guard;
  }

  /** How long each step of a call may take. */
  Timeouts timeouts() {
    return timeouts;
  }

  /**
   * A client that trusts the platform's authorities and these.
   *
   * @param caCertificates PEM, or null
   * @throws SyncFailure SECRET_INVALID when they are none
   */
  OkHttpClient trusting(String caCertificates) throws SyncFailure {
    if (caCertificates == null) {
      return client;
    }
    String digest = digest(caCertificates);
    synchronized (derived) {
      OkHttpClient known = derived.get(digest);
      if (known != null) {
        return known;
      }
      TrustedCertificates trusted = TrustedCertificates.platformAnd(caCertificates);
      OkHttpClient created =
          client.newBuilder().sslSocketFactory(trusted.sockets(), trusted.manager()).build();
      derived.put(digest, created);
      return created;
    }
  }

  private static String digest(String text) {
    return HexFormat.of().formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Ends what is under way and lets go of threads and connections. */
  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
