package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.Response;

/** Sends a token as {@code X-Auth-Token}. */
final class TokenAuthentication implements Authentication {
  private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]+");

  private final String token;

  private TokenAuthentication(String token) {
    this.token = token;
  }

  /** Checked here, since OkHttp's own complaint about a header would quote the token. */
  static TokenAuthentication of(Credentials.Token token) throws SyncFailure {
    // A file that became a Secret ends in a line feed more often than not.
    String value = token.value().strip();
    if (!SENDABLE.matcher(value).matches()) {
      throw new SyncFailure(
          FailureReason.SECRET_INVALID,
          "token is empty or holds characters that cannot be sent in a header");
    }
    return new TokenAuthentication(value);
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
