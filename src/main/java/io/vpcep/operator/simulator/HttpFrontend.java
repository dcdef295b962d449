package io.vpcep.operator.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a {@link Gateway} over HTTP. A request that waits, for the latency or because its project
 * hangs or is slow, holds its connection but no thread.
 *
 * <p>The JDK's server refuses by itself what is no HTTP, and a target that is no URI such as {@code
 * /%zz}: with 400 and a line of HTML, which nothing here can make JSON of.
 */
final class HttpFrontend implements HttpHandler, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpFrontend.class);
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";
  private static final int BACKLOG = 256;
  private static final int MOST_OF_A_BODY = 65_536;

  static {
    // Read once, when the server's classes load. Without it a kept-alive connection meets Nagle's
    // algorithm: headers and body are two packets, the second waits 40 ms for an acknowledgement.
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
  }

  private final HttpServer server;
  private final Gateway gateway;
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
      InetSocketAddress address,
      Gateway gateway,
      Duration latency,
      ScheduledExecutorService timer) {
    this.server = bind(address);
    this.gateway = gateway;
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
          "cannot listen on %s:%d (%s): choose another --port (0: any free one)"
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
    try {
      Request request = request(exchange);
      exchange.getResponseHeaders().set("X-Request-Id", request.id());
      Outcome outcome = gateway.outcome(request);
      if (outcome instanceof Outcome.Silence silence) {
        silence.project().hold(exchange::close);
      } else if (outcome instanceof Outcome.Trickle trickle) {
        sendHeaders(exchange, trickle.answer());
        new SlowBody(exchange, trickle, workers, timer).run();
      } else if (outcome instanceof Answer answer) {
        send(exchange, answer);
      }
    } catch (IOException gone) {
      exchange.close();
      log.atDebug().setCause(gone).log("client went away before its answer was complete");
    }
  }

  private static void sendHeaders(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    boolean bodiless = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : answer.body().length);
  }

  /** Closing an exchange whose body is not complete closes its connection. */
  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      sendHeaders(exchange, answer);
      if (!exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseBody().write(answer.body(), 0, answer.sent());
        exchange.getResponseBody().flush();
      }
    }
  }

  private static Request request(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    return new Request(
        UUID.randomUUID().toString().replace("-", ""),
        exchange.getRequestMethod(),
        exchange.getRequestURI(),
        headers,
        exchange.getRequestBody().readNBytes(MOST_OF_A_BODY));
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
