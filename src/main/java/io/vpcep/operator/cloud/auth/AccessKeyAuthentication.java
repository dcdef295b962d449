package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.HeaderValue;
import io.vpcep.operator.sync.SyncFailure;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;

/**
 * Signs each attempt anew, with the time at which it is made: the cloud refuses a signature that is
 * 15 minutes off.
 */
final class AccessKeyAuthentication implements Authentication {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Credentials.AccessKey key;
  private final String projectId;
  private final InstantSource clock;
  private final RequestSigner signer;

  private AccessKeyAuthentication(
      Credentials.AccessKey key, String projectId, InstantSource clock) {
    this.key = key;
    this.projectId = projectId;
    this.clock = clock;
    this.signer = new RequestSigner(key.accessKey(), key.secretKey());
  }

  /**
   * @throws SyncFailure SECRET_INVALID or INVALID_SPEC for what no header can hold
   */
  static AccessKeyAuthentication of(
      Credentials.AccessKey key, String projectId, InstantSource clock) throws SyncFailure {
    if (!HeaderValue.isSendable(projectId)) {
      throw new SyncFailure(
          FailureReason.INVALID_SPEC, "spec.projectId is not the id of a cloud project");
    }
    Credentials.AccessKey checked =
        new Credentials.AccessKey(
            SecretHeader.value("accessKey", key.accessKey()),
            SecretHeader.value("secretKey", key.secretKey()),
            key.securityToken() == null
                ? null
                : SecretHeader.value("securityToken", key.securityToken()));
    return new AccessKeyAuthentication(checked, projectId, clock);
  }

  @Override
  public List<String> secrets() {
    return Stream.of(key.accessKey(), key.secretKey(), key.securityToken())
        .filter(secret -> secret != null)
        .toList();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request.Builder request =
        chain
            .request()
            .newBuilder()
            .header(RequestSigner.DATE, DATE.format(clock.instant()))
            .header(RequestSigner.PROJECT_ID, projectId);
    if (key.securityToken() != null) {
      request.header(RequestSigner.SECURITY_TOKEN, key.securityToken());
    }
    return chain.proceed(signed(request.build()));
  }

  private Request signed(Request request) throws IOException {
    Buffer body = new Buffer();
    if (request.body() != null) {
      request.body().writeTo(body);
    }
    RequestSigner.Signature signature =
        signer.sign(request.method(), request.url(), request.headers(), body.readByteArray());
    return request.newBuilder().header("Authorization", signature.authorization()).build();
  }
}
