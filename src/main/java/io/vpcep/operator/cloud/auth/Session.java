package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** What one listing authenticates with, from page to page. For one thread. */
public final class Session {
  private final Supply supply;
  private final Target target;
  private final InstantSource clock;
  private final Tally tally;
  private Credentials credentials;
  private Authentication authentication;

  Session(Supply supply, Target target, InstantSource clock, Tally tally) {
    this.supply = supply;
    this.target = target;
    this.clock = clock;
    this.tally = tally;
  }

  /**
   * What a listing asks for, and where.
   *
   * @param host of the query API
   * @param projectId the cloud project
   * @param left how long the listing may still take
   */
  public record Target(String host, String projectId, Supplier<Duration> left) {}

  /** Where the credentials come from that are sent. */
  interface Supply {

    /** Those to use now. */
    Credentials current() throws SyncFailure, InterruptedException;

    /** Others in the place of those that were refused; empty where there are none. */
    Optional<Credentials> renewed(Credentials refused) throws SyncFailure, InterruptedException;
  }

  /** Counts what becomes of the credentials at the host. */
  interface Tally {
    void accepted();

    void refused(SyncFailure failure);
  }

  /**
   * What the next call is to use; the same object for as long as it is the same.
   *
   * @throws SyncFailure when there is nothing to use: classified, and as far as another service was
   *     asked for it, the message says which
   */
  public Authentication current() throws SyncFailure, InterruptedException {
    return with(supply.current());
  }

  /**
   * What to use after a 401 instead of what was used; empty where that would be the same again.
   *
   * @throws SyncFailure as of {@link #current}
   */
  public Optional<Authentication> renewed() throws SyncFailure, InterruptedException {
    Optional<Credentials> renewed = supply.renewed(credentials);
    return renewed.isEmpty() ? Optional.empty() : Optional.of(with(renewed.get()));
  }

  /** The host took a call in. */
  public void accepted() {
    tally.accepted();
  }

  /** The host answered 401, and there is nothing else to try. */
  public void refused(SyncFailure failure) {
    tally.refused(failure);
  }

  private Authentication with(Credentials given) throws SyncFailure {
    if (!given.equals(credentials)) {
      authentication = Authentication.with(given, target.projectId(), clock);
      credentials = given;
    }
    return authentication;
  }
}
