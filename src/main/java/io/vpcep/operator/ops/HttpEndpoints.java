package io.vpcep.operator.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /livez}, {@code /readyz} and {@code /metrics} to GET and HEAD on all addresses of
 * the machine. Its threads do not keep the process alive.
 */
public final class HttpEndpoints implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpEndpoints.class);
  private static final int THREADS = 8;
  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  static {
    // Without these limits, a few clients that never finish would hold every thread, and the
    // kubelet would take that for a dead process. Seconds; the JDK reads them once.
    limit("sun.net.httpserver.maxReqTime", "2");
    limit("sun.net.httpserver.maxRspTime", "10");
  }

  private final HttpServer server;
  private final ExecutorService threads;

  private HttpEndpoints(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts to serve.
   *
   * @param port 0: any free port
   * @param metrics the metrics in Prometheus' text format, asked at each scrape
   * @throws IOException if the port cannot be had; the message names it
   */
  public static HttpEndpoints start(int port, Health health, Supplier<String> metrics)
      throws IOException {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(port), 0);
    } catch (IOException e) {
      throw new IOException(
          "cannot serve health and metrics on port " + port + ": " + e.getMessage(), e);
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, daemons());
    server.setExecutor(threads);
    server.createContext("/", exchange -> serve(exchange, health, metrics));
    // The server's own thread is a daemon if the thread that starts it is one.
    CompletableFuture.runAsync(server::start, threads).join();
    HttpEndpoints endpoints = new HttpEndpoints(server, threads);
    log.atInfo().addKeyValue("port", endpoints.port()).log("serving health and metrics");
    return endpoints;
  }

  /** The port that is served. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Stops at once. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private record Response(int status, String type, String body) {}

  private static void serve(HttpExchange exchange, Health health, Supplier<String> metrics)
      throws IOException {
    try (exchange) {
      Response response;
      try {
        response = respond(exchange, health, metrics);
      } catch (RuntimeException e) {
        log.atError().setCause(e).log("no answer to a request for health or metrics");
        response = new Response(500, PLAIN, "internal error, see the log\n");
      }
      send(exchange, response);
    }
  }

  private static Response respond(HttpExchange exchange, Health health, Supplier<String> metrics) {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return new Response(405, PLAIN, "only GET and HEAD\n");
    }
    return switch (exchange.getRequestURI().getPath()) {
      case "/livez" -> response(health.live());
      case "/readyz" -> response(health.ready());
      case "/metrics" -> new Response(200, PROMETHEUS, metrics.get());
      default -> new Response(404, PLAIN, "only /livez, /readyz and /metrics\n");
    };
  }

  private static Response response(Health.Report report) {
    String body = String.join("\n", report.lines()) + "\n";
    return new Response(report.healthy() ? 200 : 503, PLAIN, body);
  }

  private static void send(HttpExchange exchange, Response response) throws IOException {
    byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", response.type());
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
      exchange.sendResponseHeaders(response.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(response.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private static ThreadFactory daemons() {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "http-endpoints-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private static void limit(String property, String seconds) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, seconds);
    }
  }
}
