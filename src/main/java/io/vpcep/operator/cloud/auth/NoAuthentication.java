package io.vpcep.operator.cloud.auth;

import java.io.IOException;
import java.util.List;
import okhttp3.Response;

/** Sends no credentials. */
final class NoAuthentication implements Authentication {

  @Override
  public List<String> secrets() {
    return List.of();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    return chain.proceed(chain.request());
  }
}
