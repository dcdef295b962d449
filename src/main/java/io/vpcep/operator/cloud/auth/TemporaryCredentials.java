package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The temporary credentials in use, shared by all listings. However many need new ones, they are
 * asked for once: on a thread of its own, so that nobody's deadline or interrupt costs the others.
 */
final class TemporaryCredentials {
  /** Some kilobytes each; with more cloud projects than these a token would be had each time. */
  private static final int MOST_HELD = 4096;

  private final InstantSource clock;
  private final Executor executor;
  private final Map<String, Temporary> held = new RecentlyUsed<>(MOST_HELD);
  private final Map<String, Flight> flights = new HashMap<>();

  TemporaryCredentials(InstantSource clock, Executor executor) {
    this.clock = clock;
    this.executor = executor;
  }

  /** An exchange under way. */
  private record Flight(String key, String turn, CompletableFuture<Temporary> landing) {
    /** For the same credentials, or for others that must not be asked for at the same time. */
    boolean isInTheWayOf(Exchange exchange) {
      return key.equals(exchange.key()) || turn.equals(exchange.turn());
    }
  }

  /**
   * Credentials to use now. Those that end soon are given while the next ones are asked for.
   *
   * @param left how long the caller can wait
   */
  Credentials current(Exchange exchange, Supplier<Duration> left)
      throws SyncFailure, InterruptedException {
    Temporary known = usable(exchange);
    if (known == null) {
      return obtain(exchange, left);
    }
    if (known.isDue(clock.instant())) {
      renewAhead(exchange, known);
    }
    return known.credentials();
  }

  /**
   * Credentials in the place of ones that were refused: those that another listing has had
   * meanwhile, or new ones.
   */
  Credentials renewed(Credentials refused, Exchange exchange, Supplier<Duration> left)
      throws SyncFailure, InterruptedException {
    synchronized (this) {
      Temporary known = held.get(exchange.key());
      if (known != null && known.credentials().equals(refused)) {
        held.remove(exchange.key());
      }
    }
    return current(exchange, left);
  }

  private synchronized Temporary usable(Exchange exchange) {
    Temporary known = held.get(exchange.key());
    return known != null && known.isUsable(clock.instant()) ? known : null;
  }

  private Credentials obtain(Exchange exchange, Supplier<Duration> left)
      throws SyncFailure, InterruptedException {
    while (true) {
      Flight flight;
      boolean mine = false;
      synchronized (this) {
        Temporary known = usable(exchange);
        if (known != null) {
          return known.credentials();
        }
        exchange.check();
        flight = inTheWayOf(exchange);
        if (flight == null) {
          flight = board(exchange);
          mine = true;
        }
      }
      if (mine) {
        depart(exchange, flight);
      }
      Temporary landed = await(flight, exchange, left);
      if (landed != null) {
        return landed.credentials();
      }
    }
  }

  /** Nobody waits for it, and nobody is told when it fails: there is time to try again. */
  private void renewAhead(Exchange exchange, Temporary known) {
    Flight flight;
    synchronized (this) {
      if (inTheWayOf(exchange) != null
          || !known.equals(held.get(exchange.key()))
          || !mayTry(exchange)) {
        return;
      }
      held.put(exchange.key(), known.asked(clock.instant()));
      flight = board(exchange);
    }
    depart(exchange, flight);
  }

  private static boolean mayTry(Exchange exchange) {
    try {
      exchange.check();
      return true;
    } catch (SyncFailure remembered) {
      return false;
    }
  }

  private Flight board(Exchange exchange) {
    Flight flight = new Flight(exchange.key(), exchange.turn(), new CompletableFuture<>());
    flights.put(flight.key(), flight);
    return flight;
  }

  private Flight inTheWayOf(Exchange exchange) {
    return flights.values().stream()
        .filter(flight -> flight.isInTheWayOf(exchange))
        .findAny()
        .orElse(null);
  }

  private void depart(Exchange exchange, Flight flight) {
    try {
      executor.execute(() -> fly(exchange, flight));
    } catch (RejectedExecutionException e) {
      land(exchange, null);
      flight
          .landing()
          .completeExceptionally(
              new SyncFailure(FailureReason.ENDPOINT_UNREACHABLE, "the operator is stopping"));
    }
  }

  private void fly(Exchange exchange, Flight flight) {
    try {
      Temporary temporary = exchange.perform();
      land(exchange, temporary);
      flight.landing().complete(temporary);
    } catch (Throwable e) {
      // Whatever it is belongs to the threads that wait.
      land(exchange, null);
      flight.landing().completeExceptionally(e);
    }
  }

  private synchronized void land(Exchange exchange, Temporary temporary) {
    flights.remove(exchange.key());
    if (temporary != null) {
      Instant now = clock.instant();
      held.values().removeIf(other -> !other.isUsable(now));
      held.put(exchange.key(), temporary);
    }
  }

  /** What a flight brings; null when it was another one's, and it is our turn now. */
  private static Temporary await(Flight flight, Exchange exchange, Supplier<Duration> left)
      throws SyncFailure, InterruptedException {
    boolean own = flight.key().equals(exchange.key());
    try {
      long nanos = Math.max(1, left.get().toNanos());
      Temporary landed = flight.landing().get(nanos, TimeUnit.NANOSECONDS);
      return own ? landed : null;
    } catch (TimeoutException e) {
      throw new SyncFailure(
          FailureReason.ENDPOINT_UNREACHABLE,
          "no answer from %s within the time of the listing (spec.timeout)"
              .formatted(exchange.service()));
    } catch (ExecutionException e) {
      if (!own) {
        return null;
      }
      if (e.getCause() instanceof SyncFailure failure) {
        throw failure;
      }
      throw new IllegalStateException("asking for credentials failed", e.getCause());
    }
  }
}
