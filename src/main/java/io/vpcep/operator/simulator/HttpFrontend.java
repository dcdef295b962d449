package io.vpcep.operator.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a {@link QueryApi} over HTTP. A request that waits, for the latency or because its project
 * hangs, holds its connection but no thread.
 */
final class HttpFrontend implements HttpHandler, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpFrontend.class);
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";
  private static final int BACKLOG = 256;

  static {
    // Read once, when the server's classes load. Without it a kept-alive connection meets Nagle's
    // algorithm: headers and body are two packets, the second waits 40 ms for an acknowledgement.
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
  }

  private final HttpServer server;
  private final QueryApi api;
  private final Duration latency;
  private final ScheduledExecutorService timer;
  private final ExecutorService workers =
      Executors.newCachedThreadPool(new DaemonThreads("simulator-http"));

  /**
   * Listens at once.
   *
   * @throws UncheckedIOException where the address cannot be listened on, with the remedy
   */
  HttpFrontend(
      InetSocketAddress address, QueryApi api, Duration latency, ScheduledExecutorService timer) {
    this.server = bind(address);
    this.api = api;
    this.latency = latency;
    this.timer = timer;
    server.createContext("/", this);
    server.setExecutor(workers);
    // The server's own thread is a daemon when its creator is.
    CompletableFuture.runAsync(server::start, workers).join();
  }

  private static HttpServer bind(InetSocketAddress address) {
    try {
      return HttpServer.create(address, BACKLOG);
    } catch (IOException e) {
      String remedy =
          "cannot listen on %s:%d (%s): choose another --port (0: any free one) or --host"
              .formatted(address.getHostString(), address.getPort(), e.getMessage());
      throw new UncheckedIOException(remedy, e);
    }
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void handle(HttpExchange exchange) {
    if (latency.isZero()) {
      respond(exchange);
    } else {
      timer.schedule(
          () -> workers.execute(() -> respond(exchange)), latency.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void respond(HttpExchange exchange) {
    Outcome outcome = api.outcome(request(exchange));
    if (outcome instanceof Outcome.Silence silence) {
      silence.project().hold(exchange::close);
    } else if (outcome instanceof Answer answer) {
      send(exchange, answer);
    }
  }

  /** Closing an exchange whose body is not complete closes its connection. */
  private static void send(HttpExchange exchange, Answer answer) {
    try (exchange) {
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange
          .getResponseHeaders()
          .set("X-Request-Id", UUID.randomUUID().toString().replace("-", ""));
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(answer.status(), -1);
        return;
      }
      exchange.sendResponseHeaders(answer.status(), answer.body().length);
      OutputStream body = exchange.getResponseBody();
      body.write(answer.body(), 0, answer.sent());
      body.flush();
    } catch (IOException gone) {
      log.atDebug().setCause(gone).log("client went away before its answer was complete");
    }
  }

  private static QueryApi.Request request(HttpExchange exchange) {
    return new QueryApi.Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        exchange.getRequestURI().getRawQuery(),
        exchange.getRequestHeaders().getFirst("X-Auth-Token"));
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
