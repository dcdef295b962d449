package io.vpcep.operator.reliability;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.SocketFactory;

/**
 * Stands between a client and a server, speaks plain HTTP/1.1 on a loopback port, and does with
 * each request what its rule says. Watches (WebSockets) go through as they are. It adds what tells
 * the server who is asking, so that the client needs no credentials.
 */
public final class FaultProxy implements AutoCloseable {
  private final Upstream upstream;
  private final ServerSocket server;
  private final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile Rule rule = request -> Reaction.FORWARD;
  private volatile boolean cutOff;

  /**
   * Decides about a request, on the thread of its connection: to block is to delay it, for as long
   * as the client waits.
   */
  public interface Rule {
    /** What is to become of it. */
    Reaction to(ApiRequest request);
  }

  /** What the server answered to a request that reached it. */
  record Exchange(ApiRequest request, int status) {}

  /** Where requests go, and the header lines that they get on the way. */
  record Upstream(SocketFactory sockets, String host, int port, List<String> headers) {
    Socket connect() throws IOException {
      return sockets.createSocket(host, port);
    }
  }

  private FaultProxy(Upstream upstream) {
    this.upstream = upstream;
    try {
      this.server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept, "proxy-" + server.getLocalPort());
  }

  /** A proxy of the API server; requests go there as from whoever {@code user} is. */
  public static FaultProxy ofApiServer(Config user) {
    URI master = URI.create(user.getMasterUrl());
    List<String> identity = new ArrayList<>();
    if (user.getImpersonateUsername() != null) {
      identity.add("Impersonate-User: " + user.getImpersonateUsername());
      for (String group : user.getImpersonateGroups()) {
        identity.add("Impersonate-Group: " + group);
      }
    }
    try {
      SocketFactory tls = SSLUtils.sslContext(user).getSocketFactory();
      return new FaultProxy(new Upstream(tls, master.getHost(), master.getPort(), identity));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A proxy of a server of plain HTTP. */
  static FaultProxy of(URI server) {
    return new FaultProxy(
        new Upstream(SocketFactory.getDefault(), server.getHost(), server.getPort(), List.of()));
  }

  /** Where it listens. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** What a client of the API server needs to come here. */
  Config config() {
    return new ConfigBuilder(Config.empty()).withMasterUrl(url().toString()).build();
  }

  /** The same as a kubeconfig. */
  String kubeconfig() {
    return """
        apiVersion: v1
        kind: Config
        current-context: proxy
        clusters: [{name: proxy, cluster: {server: "%s"}}]
        users: [{name: nobody, user: {}}]
        contexts: [{name: proxy, context: {cluster: proxy, user: nobody}}]
        """
        .formatted(url());
  }

  /** From now on does what {@code next} says. */
  public void follow(Rule next) {
    rule = next;
  }

  /** From now on lets everything through. */
  public void behave() {
    follow(request -> Reaction.FORWARD);
  }

  /** Does {@code reaction} with some requests, and lets the others through. */
  void react(Predicate<ApiRequest> which, Reaction reaction) {
    follow(request -> which.test(request) ? reaction : Reaction.FORWARD);
  }

  /** Ends every connection, and each that comes: what is behind is dead to the server for good. */
  void cutOff() {
    cutOff = true;
    connections.forEach(ProxyConnection::cut);
  }

  boolean isCutOff() {
    return cutOff;
  }

  /** Returns when the server has answered everything that it was asked. */
  void awaitIdle() {
    await().atMost(Duration.ofSeconds(30)).until(() -> underWay.get() == 0);
  }

  /** Ends every watch under way; others may begin. */
  void closeWatches() {
    connections.stream().filter(ProxyConnection::isTunnel).forEach(ProxyConnection::cut);
  }

  /** Lets nothing more through to the client on any watch under way; others may begin. */
  void silenceWatches() {
    connections.forEach(ProxyConnection::silence);
  }

  long watches() {
    return connections.stream().filter(ProxyConnection::isTunnel).count();
  }

  /** What reached the server so far, in the order of its answers. */
  List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /** How many requests of a kind reached the server so far. */
  long count(Predicate<ApiRequest> which) {
    return exchanges.stream().map(Exchange::request).filter(which).count();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        ProxyConnection connection = new ProxyConnection(this, upstream, server.accept());
        connections.add(connection);
        daemon(connection, "proxy-connection");
        if (cutOff) {
          connection.cut();
        }
      } catch (IOException e) {
        // Closed: that is the end.
        return;
      }
    }
  }

  static void daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  Reaction decide(ApiRequest request) {
    return cutOff ? Reaction.CUT_BEFORE : rule.to(request);
  }

  void began() {
    underWay.incrementAndGet();
  }

  void ended() {
    underWay.decrementAndGet();
  }

  void answered(ApiRequest request, int status) {
    exchanges.add(new Exchange(request, status));
  }

  void closed(ProxyConnection connection) {
    connections.remove(connection);
  }

  @Override
  public void close() {
    cutOff();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
