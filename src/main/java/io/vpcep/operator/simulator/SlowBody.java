package io.vpcep.operator.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sends a body few bytes at a time for as long as its project is slow, and then the rest. */
final class SlowBody implements Runnable {
  private static final int BYTES = 16;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final HttpExchange exchange;
  private final Outcome.Trickle trickle;
  private final Executor workers;
  private final ScheduledExecutorService timer;
  private int sent;

  SlowBody(
      HttpExchange exchange,
      Outcome.Trickle trickle,
      Executor workers,
      ScheduledExecutorService timer) {
    this.exchange = exchange;
    this.trickle = trickle;
    this.workers = workers;
    this.timer = timer;
  }

  /** Sends the next bytes and comes again later; closes the exchange at the end. */
  @Override
  public void run() {
    byte[] body = trickle.answer().body();
    boolean slow = trickle.project().fault() == Fault.SLOW;
    int length = slow ? Math.min(BYTES, body.length - sent) : body.length - sent;
    try {
      exchange.getResponseBody().write(body, sent, length);
      exchange.getResponseBody().flush();
      sent += length;
      if (sent < body.length) {
        timer.schedule(() -> workers.execute(this), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        return;
      }
    } catch (IOException | RejectedExecutionException over) {
      // The client went away, or the simulator is being closed: nobody waits for the rest.
    }
    exchange.close();
  }
}
