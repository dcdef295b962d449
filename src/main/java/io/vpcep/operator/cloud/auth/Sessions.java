package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import okhttp3.HttpUrl;

/**
 * What all listings share of authentication: the temporary credentials in use, and what is known of
 * refused ones. Safe for any number of threads.
 */
public final class Sessions implements AutoCloseable {
  /** Clouds lock a key for five minutes after more than five failures in a row. */
  private static final int TOLERATED = 2;

  private final InstantSource clock;
  private final ExecutorService executor;
  private final TemporaryCredentials temporary;
  private final LoginRecord logins;
  private final Refusals refusals;
  private final Exchange nodeAgency;
  private final Exchange podIdentity;

  /**
   * Sessions for the life of the program.
   *
   * @param clock the time of day
   * @param nanoTime nanoseconds of a clock that never jumps
   * @param local where this process finds the identities of its own
   * @param localCalls reach the services on the node
   */
  public Sessions(
      InstantSource clock, LongSupplier nanoTime, LocalIdentity local, IdentityCalls localCalls) {
    this.clock = clock;
    executor = Executors.newCachedThreadPool(Sessions::thread);
    temporary = new TemporaryCredentials(clock, executor);
    logins = new LoginRecord(nanoTime);
    refusals = new Refusals(TOLERATED, nanoTime);
    nodeAgency = new NodeAgencyExchange(HttpUrl.get(local.metadata()), localCalls, clock);
    podIdentity = new PodIdentityExchange(local, localCalls, clock);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "credentials");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * The session of one listing with credentials that need nothing else.
   *
   * @throws SyncFailure AUTHENTICATION_FAILED without a request, when the host refused the same
   *     credentials several times in a row just now
   */
  public Session open(Credentials credentials, Session.Target target) throws SyncFailure {
    if (credentials instanceof Credentials.NodeAgency) {
      return session(credentials, exchanged(nodeAgency, target), target);
    }
    if (credentials instanceof Credentials.PodIdentity) {
      return session(credentials, exchanged(podIdentity, target), target);
    }
    return session(credentials, new Fixed(credentials), target);
  }

  /**
   * The session of one listing with a user's name and password.
   *
   * @throws SyncFailure as of {@link #open(Credentials, Session.Target)}
   */
  public Session open(Credentials.Login login, Session.Target target, IdentityService identity)
      throws SyncFailure {
    LoginExchange exchange = new LoginExchange(login, target.projectId(), identity, logins, clock);
    return session(login, exchanged(exchange, target), target);
  }

  private Session session(Credentials credentials, Session.Supply supply, Session.Target target)
      throws SyncFailure {
    if (credentials instanceof Credentials.None) {
      return new Session(supply, target, clock, new Uncounted());
    }
    String key = CredentialKey.of(credentials, target.host());
    refusals.enter(key);
    return new Session(supply, target, clock, new Counted(refusals, key));
  }

  private Session.Supply exchanged(Exchange exchange, Session.Target target) {
    return new Exchanged(temporary, exchange, target.left());
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    executor.shutdownNow();
  }

  private record Fixed(Credentials current) implements Session.Supply {
    @Override
    public Optional<Credentials> renewed(Credentials refused) {
      return Optional.empty();
    }
  }

  private record Exchanged(
      TemporaryCredentials temporary, Exchange exchange, Supplier<Duration> left)
      implements Session.Supply {
    @Override
    public Credentials current() throws SyncFailure, InterruptedException {
      return temporary.current(exchange, left);
    }

    /**
     * A node gives the same keys until it has others: to send them again would be a refusal more.
     */
    @Override
    public Optional<Credentials> renewed(Credentials refused)
        throws SyncFailure, InterruptedException {
      return Optional.of(temporary.renewed(refused, exchange, left))
          .filter(renewed -> !renewed.equals(refused));
    }
  }

  private record Counted(Refusals refusals, String key) implements Session.Tally {
    @Override
    public void accepted() {
      refusals.accepted(key);
    }

    @Override
    public void refused(SyncFailure failure) {
      refusals.refused(key, failure);
    }
  }

  /** Nothing was sent that could be wrong. */
  private record Uncounted() implements Session.Tally {
    @Override
    public void accepted() {}

    @Override
    public void refused(SyncFailure failure) {}
  }
}
