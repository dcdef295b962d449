package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** The budgets of all accounts: one for each host and credential. Thread-safe. */
final class Budgets {
  /** Users name hosts and credentials, and must not make the operator grow. */
  private static final int MOST = 1024;

  private final LongSupplier nanoTime;
  private final Waiter waiter;
  private final RequestObserver observer;
  private final Map<Account, Budget> budgets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Account, Budget> eldest) {
          return size() > MOST;
        }
      };

  /**
   * Who is asked as whom.
   *
   * @param credential a digest: no secret is kept for this
   */
  record Account(String host, String credential) {}

  Budgets(LongSupplier nanoTime, Waiter waiter, RequestObserver observer) {
    this.nanoTime = nanoTime;
    this.waiter = waiter;
    this.observer = observer;
  }

  /** The requester's share in the budget of its account. */
  Share of(ListingRequest request) {
    String host = String.valueOf(request.endpoint().getHost()).toLowerCase(Locale.ROOT);
    Account account = new Account(host, digest(request.credentials()));
    Budget budget;
    synchronized (budgets) {
      budget = budgets.computeIfAbsent(account, unknown -> new Budget(now()));
    }
    return new Share(this, budget, host, request.requester());
  }

  long now() {
    return nanoTime.getAsLong();
  }

  Waiter waiter() {
    return waiter;
  }

  void hadToWait(String host) {
    observer.waited(host);
  }

  /** Tells how the accounts of a host stand: the slowest rate, and all who wait. */
  void report(String host) {
    List<Budget> ofHost;
    synchronized (budgets) {
      ofHost =
          budgets.entrySet().stream()
              .filter(entry -> entry.getKey().host().equals(host))
              .map(Map.Entry::getValue)
              .toList();
    }
    long now = now();
    double slowest = Pace.CEILING;
    int waiting = 0;
    for (Budget budget : ofHost) {
      Budget.Level level = budget.level(now);
      slowest = Math.min(slowest, level.requestsPerSecond());
      waiting += level.waiting();
    }
    observer.budget(host, slowest, waiting);
  }

  /** What names the account stays while the keys of a pair or an agency are renewed. */
  private static String digest(Credentials credentials) {
    String named;
    if (credentials instanceof Credentials.Token token) {
      named = token.value();
    } else if (credentials instanceof Credentials.AccessKey key) {
      named = key.accessKey();
    } else if (credentials instanceof Credentials.Login login) {
      named = login.domainName() + '\n' + login.username() + '\n' + login.iamEndpoint();
    } else {
      named = "";
    }
    String all = credentials.getClass().getSimpleName() + '\n' + named;
    return HexFormat.of().formatHex(Sha256.of(all.getBytes(StandardCharsets.UTF_8)));
  }
}
