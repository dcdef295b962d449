package io.vpcep.operator.cloud;

import io.vpcep.operator.cloud.auth.IdentityService;
import io.vpcep.operator.cloud.auth.LocalIdentity;
import io.vpcep.operator.cloud.auth.Session;
import io.vpcep.operator.cloud.auth.Sessions;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.SyncFailure;
import java.net.Proxy;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** Opens the sessions of listings: which service gives the credentials, and who may have them. */
final class CloudSessions implements AutoCloseable {
  /** As messages name it. */
  static final String IAM_ENDPOINT = "spec.credentials.iamEndpoint";

  /** The services on the node are near; a pod that may not reach them gets no answer at all. */
  private static final Timeouts NEAR =
      new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(3));

  private final HttpClients clients;
  private final CloudCatalog.Clocks clocks;
  private final OkHttpClient near;
  private final Sessions sessions;

  /**
   * @param clients reach what projects name
   */
  CloudSessions(HttpClients clients, CloudCatalog.Clocks clocks, LocalIdentity local) {
    this.clients = clients;
    this.clocks = clocks;
    this.near = nearClient();
    this.sessions =
        new Sessions(
            clocks.time(),
            clocks.nanoTime(),
            local,
            new IdentityClient(near, NEAR, Redaction::new, clocks.time()));
  }

  /** Neither a proxy nor a guard lies on the way to the node, and nothing leads elsewhere. */
  private static OkHttpClient nearClient() {
    return new OkHttpClient.Builder()
        .proxy(Proxy.NO_PROXY)
        .connectTimeout(NEAR.connect())
        .readTimeout(NEAR.read())
        .writeTimeout(NEAR.write())
        .followRedirects(false)
        .followSslRedirects(false)
        .build();
  }

  /**
   * The session of one listing.
   *
   * @throws SyncFailure ENDPOINT_NOT_ALLOWED for an identity service that may not be called, or an
   *     endpoint that may not see the operator's own credentials; AUTHENTICATION_FAILED when the
   *     same credentials were refused several times in a row just now
   */
  Session open(ListingRequest request, HttpUrl endpoint, Deadline deadline) throws SyncFailure {
    Credentials credentials = request.credentials();
    Session.Target target =
        new Session.Target(endpoint.host(), request.projectId(), deadline::remaining);
    if (credentials instanceof Credentials.Login login) {
      return sessions.open(login, target, identityService(login, request.caCertificates()));
    }
    if (credentials instanceof Credentials.NodeAgency
        || credentials instanceof Credentials.PodIdentity) {
      clients.guard().checkForOperator(endpoint.host());
    }
    return sessions.open(credentials, target);
  }

  private IdentityService identityService(Credentials.Login login, String caCertificates)
      throws SyncFailure {
    HttpUrl url = clients.guard().check(IAM_ENDPOINT, login.iamEndpoint());
    return new IdentityService(
        url,
        caCertificates,
        new IdentityClient(
            clients.trusting(caCertificates),
            clients.timeouts(),
            clients.guard()::redaction,
            clocks.time()));
  }

  @Override
  public void close() {
    sessions.close();
    near.dispatcher().cancelAll();
    near.connectionPool().evictAll();
  }
}
