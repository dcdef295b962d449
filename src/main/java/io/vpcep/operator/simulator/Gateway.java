package io.vpcep.operator.simulator;

import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The way in to what a cloud serves: its query API, and its identity service if it has one. */
final class Gateway {
  private final Throttling throttling;
  private final Map<Integer, LongAdder> answers = new ConcurrentHashMap<>();
  private final QueryApi queryApi;

  /** These two are null where the cloud gives no tokens. */
  private final IssuedTokens tokens;

  private final IdentityApi identityApi;

  Gateway(Cloud cloud, SimulatorOptions options, InstantSource clock) {
    this.throttling = new Throttling(clock);
    if (options.access() instanceof Access.Login login) {
      Random random = new Random(options.population().seed());
      this.tokens = new IssuedTokens(random, login.tokenLifetime(), clock);
      this.identityApi = new IdentityApi(login, cloud.projects().keySet(), tokens, clock);
    } else {
      this.tokens = null;
      this.identityApi = null;
    }
    this.queryApi =
        new QueryApi(cloud.projects(), authentication(options.access(), clock), throttling);
  }

  private Authentication authentication(Access access, InstantSource clock) {
    if (access instanceof Access.Token token) {
      return TokenAuthentication.of(token);
    }
    if (access instanceof Access.KeyPair key) {
      return new SignatureAuthentication(key, clock);
    }
    return tokens == null ? Authentication.NONE : TokenAuthentication.of(tokens);
  }

  Outcome outcome(Request request) {
    boolean asksForToken = identityApi != null && request.path().equals(IdentityApi.PATH);
    Outcome outcome = asksForToken ? identityApi.answer(request) : queryApi.outcome(request);
    if (outcome instanceof Answer answer) {
      answers.computeIfAbsent(answer.status(), status -> new LongAdder()).increment();
    }
    return outcome;
  }

  /** How many requests were answered with this HTTP status. */
  long answers(int status) {
    LongAdder counted = answers.get(status);
    return counted == null ? 0 : counted.sum();
  }

  Throttling throttling() {
    return throttling;
  }

  void revokeTokens() {
    if (tokens != null) {
      tokens.revoke();
    }
  }
}
