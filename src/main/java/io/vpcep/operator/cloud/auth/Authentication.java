package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.SyncFailure;
import java.util.Collection;
import okhttp3.Interceptor;

/** Puts onto a call what proves who is calling. */
public interface Authentication extends Interceptor {

  /** The secret values in use, which no message may show. */
  Collection<String> secrets();

  /**
   * The one kind for these credentials.
   *
   * @throws SyncFailure SECRET_INVALID when they cannot be sent
   */
  static Authentication with(Credentials credentials) throws SyncFailure {
    if (credentials instanceof Credentials.Token token) {
      return TokenAuthentication.of(token);
    }
    if (credentials instanceof Credentials.None) {
      return new NoAuthentication();
    }
    throw new IllegalStateException(
        "no way to authenticate with " + credentials.getClass().getSimpleName());
  }
}
