package io.vpcep.operator.simulator;

import java.util.function.BiPredicate;

/** Lets requests pass whose {@code X-Auth-Token} is good for the project. */
final class TokenAuthentication implements Authentication {
  private final BiPredicate<String, String> isGood;

  private TokenAuthentication(BiPredicate<String, String> isGood) {
    this.isGood = isGood;
  }

  /** One token for all projects. */
  static TokenAuthentication of(Access.Token access) {
    return new TokenAuthentication(
        (token, projectId) -> Authentication.same(access.token(), token));
  }

  /** The tokens that the identity service gave, each for one project. */
  static TokenAuthentication of(IssuedTokens issued) {
    return new TokenAuthentication(issued::isGood);
  }

  @Override
  public void check(Request request, String projectId) throws ApiError {
    if (!isGood.test(request.header("X-Auth-Token").orElse(""), projectId)) {
      throw ApiError.unauthenticated();
    }
  }
}
