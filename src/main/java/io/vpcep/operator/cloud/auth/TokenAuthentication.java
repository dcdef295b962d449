package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.SyncFailure;
import java.io.IOException;
import java.util.List;
import okhttp3.Response;

/** Sends a token as {@code X-Auth-Token}. */
final class TokenAuthentication implements Authentication {
  private final String token;

  private TokenAuthentication(String token) {
    this.token = token;
  }

  /**
   * @throws SyncFailure SECRET_INVALID for what no header can hold
   */
  static TokenAuthentication of(Credentials.Token token) throws SyncFailure {
    return new TokenAuthentication(SecretHeader.value("token", token.value()));
  }

  @Override
  public List<String> secrets() {
    return List.of(token);
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    return chain.proceed(chain.request().newBuilder().header("X-Auth-Token", token).build());
  }
}
