package io.vpcep.operator.cloud.auth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.HeaderValue;
import io.vpcep.operator.sync.SyncFailure;
import java.time.InstantSource;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** A user's name and password for a token of one cloud project. For one listing. */
final class LoginExchange implements Exchange {
  private static final MediaType JSON = MediaType.get("application/json");

  private final Credentials.Login login;
  private final String projectId;
  private final IdentityService identity;
  private final LoginRecord history;
  private final InstantSource clock;
  private final String user;
  private final String userOfProject;
  private final String key;

  /**
   * @param projectId the cloud project that the token is for
   */
  LoginExchange(
      Credentials.Login login,
      String projectId,
      IdentityService identity,
      LoginRecord history,
      InstantSource clock) {
    this.login = login;
    this.projectId = projectId;
    this.identity = identity;
    this.history = history;
    this.clock = clock;
    this.user = CredentialKey.of(login);
    this.userOfProject = CredentialKey.of(user, projectId);
    this.key = CredentialKey.of(userOfProject, identity.trust());
  }

  @Override
  public String key() {
    return key;
  }

  /** A password that may be wrong is tried once at a time. */
  @Override
  public String turn() {
    return history.isProven(user) ? key : user;
  }

  @Override
  public String service() {
    return "the identity service " + identity.url().host();
  }

  @Override
  public void check() throws SyncFailure {
    history.check(user, userOfProject);
  }

  @Override
  public Temporary perform() throws SyncFailure {
    IdentityCalls.Reply reply = identity.calls().send(service(), request(), secrets());
    if (reply.refusal() == null) {
      history.accepted(user, userOfProject);
      return temporary(reply);
    }
    FailureReason reason = reply.refusal().reason();
    if (reason == FailureReason.AUTHENTICATION_FAILED || reason == FailureReason.ACCESS_DENIED) {
      history.refused(user, userOfProject, reply.refusal());
    }
    throw reply.refusal();
  }

  /** Also as JSON writes it: an error may quote the body. */
  private List<String> secrets() {
    String quoted = JsonNodeFactory.instance.textNode(login.password()).toString();
    return List.of(login.password(), quoted.substring(1, quoted.length() - 1));
  }

  private Request request() {
    HttpUrl url =
        identity
            .url()
            .newBuilder()
            .addPathSegments("v3/auth/tokens")
            .addQueryParameter("nocatalog", "true")
            .build();
    return new Request.Builder()
        .url(url)
        .header("Accept", "application/json")
        .post(RequestBody.create(body().toString(), JSON))
        .build();
  }

  private ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode auth = body.putObject("auth");
    ObjectNode given = auth.putObject("identity");
    given.putArray("methods").add("password");
    ObjectNode user = given.putObject("password").putObject("user");
    user.put("name", login.username()).put("password", login.password());
    user.putObject("domain").put("name", login.domainName());
    auth.putObject("scope").putObject("project").put("id", projectId);
    return body;
  }

  private Temporary temporary(IdentityCalls.Reply reply) throws SyncFailure {
    String token =
        HeaderValue.of(reply.headers().get("X-Subject-Token"))
            .orElseThrow(
                () ->
                    new SyncFailure(
                        FailureReason.INVALID_RESPONSE,
                        service() + " answered without a token that a header can carry"));
    JsonReply json = JsonReply.of(reply, service());
    return Temporary.until(
        json.instant("token", "expires_at"), new Credentials.Token(token), clock.instant());
  }
}
