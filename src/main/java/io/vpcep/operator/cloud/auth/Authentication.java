package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.SyncFailure;
import java.time.InstantSource;
import java.util.Collection;
import okhttp3.Interceptor;

/**
 * Puts onto a call what proves who is calling. To be added as a network interceptor, which sees
 * every attempt: OkHttp repeats a call on a new connection by itself where one turns out to be
 * dead.
 */
public interface Authentication extends Interceptor {

  /** The secret values in use, which no message may show. */
  Collection<String> secrets();

  /**
   * The one kind for these credentials, which are a token, a key pair or none: the others are
   * exchanged for one of these first.
   *
   * @param projectId the cloud project that is listed
   * @param clock the time of day
   * @throws SyncFailure SECRET_INVALID when they cannot be sent, INVALID_SPEC when the project id
   *     cannot
   */
  static Authentication with(Credentials credentials, String projectId, InstantSource clock)
      throws SyncFailure {
    if (credentials instanceof Credentials.Token token) {
      return TokenAuthentication.of(token);
    }
    if (credentials instanceof Credentials.AccessKey key) {
      return AccessKeyAuthentication.of(key, projectId, clock);
    }
    if (credentials instanceof Credentials.None) {
      return new NoAuthentication();
    }
    throw new IllegalArgumentException(
        credentials.getClass().getSimpleName() + " is to be exchanged for what can be sent");
  }
}
