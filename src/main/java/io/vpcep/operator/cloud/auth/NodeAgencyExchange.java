package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.HeaderValue;
import io.vpcep.operator.sync.SyncFailure;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * The place on a node for the keys of the agency that the node has. Newer nodes want a token of
 * theirs to be shown, older ones know of none.
 */
final class NodeAgencyExchange implements Exchange {
  private static final String SERVICE = "the metadata service of the node";
  private static final String TOKEN_SECONDS = "21600";

  private final HttpUrl metadata;
  private final IdentityCalls calls;
  private final InstantSource clock;

  /**
   * @param metadata base URL of the node's metadata service
   */
  NodeAgencyExchange(HttpUrl metadata, IdentityCalls calls, InstantSource clock) {
    this.metadata = metadata;
    this.calls = calls;
    this.clock = clock;
  }

  @Override
  public String key() {
    return "node-agency";
  }

  @Override
  public String turn() {
    return key();
  }

  @Override
  public String service() {
    return SERVICE;
  }

  /** Nobody locks an account here. */
  @Override
  public void check() {}

  @Override
  public Temporary perform() throws SyncFailure {
    String token = token();
    Request.Builder request = new Request.Builder().url(url("openstack/latest/securitykey"));
    if (token != null) {
      request.header("X-Metadata-Token", token);
    }
    JsonReply json =
        JsonReply.of(
            successful(
                calls.send(SERVICE, request.build(), token == null ? List.of() : List.of(token))),
            SERVICE);
    return Temporary.until(
        json.instant("credential", "expires_at"),
        new Credentials.AccessKey(
            json.secret("credential", "access"),
            json.secret("credential", "secret"),
            json.secret("credential", "securitytoken")),
        clock.instant());
  }

  /** Null for an old node. */
  private String token() throws SyncFailure {
    Request request =
        new Request.Builder()
            .url(url("meta-data/latest/api/token"))
            .header("X-Metadata-Token-Ttl-Seconds", TOKEN_SECONDS)
            .put(RequestBody.EMPTY)
            .build();
    IdentityCalls.Reply reply = calls.send(SERVICE, request, List.of());
    if (reply.status() == 404 || reply.status() == 405) {
      return null;
    }
    String token = new String(successful(reply).body(), StandardCharsets.UTF_8);
    return HeaderValue.of(token)
        .orElseThrow(
            () ->
                new SyncFailure(
                    FailureReason.INVALID_RESPONSE,
                    SERVICE + " answered without a token that a header can carry"));
  }

  private static IdentityCalls.Reply successful(IdentityCalls.Reply reply) throws SyncFailure {
    if (reply.refusal() == null) {
      return reply;
    }
    if (reply.status() == 404) {
      throw new SyncFailure(
          reply.refusal().reason(),
          reply.refusal().getMessage() + ": assign an agency to the node, or use a secretRef");
    }
    throw reply.refusal();
  }

  private HttpUrl url(String path) {
    return metadata.newBuilder().addPathSegments(path).build();
  }
}
