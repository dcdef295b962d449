package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.HeaderValue;
import io.vpcep.operator.sync.SyncFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** The token of the pod's service account, out of a file, for keys. */
final class PodIdentityExchange implements Exchange {
  private static final String SERVICE = "the pod identity service";
  private static final int MAX_TOKEN = 64 << 10;

  private final LocalIdentity local;
  private final IdentityCalls calls;
  private final InstantSource clock;

  PodIdentityExchange(LocalIdentity local, IdentityCalls calls, InstantSource clock) {
    this.local = local;
    this.calls = calls;
    this.clock = clock;
  }

  @Override
  public String key() {
    return "pod-identity";
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
    HttpUrl url = url();
    String token = token();
    Request request =
        new Request.Builder()
            .url(url)
            .header("Authorization", token)
            .post(RequestBody.create("{}", MediaType.get("application/json")))
            .build();
    IdentityCalls.Reply reply = calls.send(SERVICE, request, List.of(token));
    if (reply.refusal() != null) {
      throw reply.refusal();
    }
    JsonReply json = JsonReply.of(reply, SERVICE);
    return Temporary.until(
        json.instant("credentials", "expiration"),
        new Credentials.AccessKey(
            json.secret("credentials", "accessKeyId"),
            json.secret("credentials", "secretAccessKey"),
            json.secret("credentials", "securityToken")),
        clock.instant());
  }

  private HttpUrl url() throws SyncFailure {
    String uri = set(LocalIdentity.POD_CREDENTIALS, local.podCredentials());
    HttpUrl url = HttpUrl.parse(uri);
    if (url == null) {
      throw unusable(LocalIdentity.POD_CREDENTIALS + " is no http or https URL");
    }
    return url;
  }

  /** Read anew each time: the kubelet writes the next token before this one ends. */
  private String token() throws SyncFailure {
    String file = set(LocalIdentity.POD_TOKEN_FILE, local.podTokenFile());
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      String content = new String(in.readNBytes(MAX_TOKEN), StandardCharsets.UTF_8);
      return HeaderValue.of(content)
          .orElseThrow(
              () ->
                  unusable(
                      "the file of "
                          + LocalIdentity.POD_TOKEN_FILE
                          + " is empty or holds characters that cannot be sent"));
    } catch (IOException | InvalidPathException e) {
      throw unusable("the file of " + LocalIdentity.POD_TOKEN_FILE + " cannot be read");
    }
  }

  private static String set(String name, String value) throws SyncFailure {
    if (value == null || value.isBlank()) {
      throw unusable(name + " is not set");
    }
    return value.strip();
  }

  /** The spec names an identity that this operator does not have: a person has to change that. */
  private static SyncFailure unusable(String problem) {
    return new SyncFailure(
        FailureReason.INVALID_SPEC,
        "spec.credentials.podIdentity: the operator has no pod identity: " + problem);
  }
}
