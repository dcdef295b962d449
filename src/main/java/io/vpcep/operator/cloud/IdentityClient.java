package io.vpcep.operator.cloud;

import io.vpcep.operator.cloud.auth.IdentityCalls;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/** Calls services that give out credentials, and says what it met in the service's name. */
final class IdentityClient implements IdentityCalls {
  private static final long MAX_BODY = 64 << 10;

  private final Call.Factory calls;
  private final Timeouts timeouts;
  private final Function<Collection<String>, Redaction> redaction;
  private final InstantSource clock;

  /**
   * @param timeouts those of the client; a whole call may take as long as each step once
   * @param redaction hides the secrets of a request, and those of the way that it takes
   */
  IdentityClient(
      OkHttpClient client,
      Timeouts timeouts,
      Function<Collection<String>, Redaction> redaction,
      InstantSource clock) {
    this.calls = client;
    this.timeouts = timeouts;
    this.redaction = redaction;
    this.clock = clock;
  }

  @Override
  public Reply send(String service, Request request, Collection<String> secrets)
      throws SyncFailure {
    Call call = calls.newCall(named(request));
    Duration longest = timeouts.connect().plus(timeouts.write()).plus(timeouts.read());
    call.timeout().timeout(longest.toNanos(), TimeUnit.NANOSECONDS);
    try (Response response = call.execute()) {
      return reply(service, response, secrets);
    } catch (SocketTimeoutException e) {
      throw unanswered(service, request, e);
    } catch (InterruptedIOException e) {
      throw new SyncFailure(
          FailureReason.ENDPOINT_UNREACHABLE,
          "%s: no whole answer within %s".formatted(service, Deadline.text(longest)));
    } catch (IOException e) {
      throw unanswered(service, request, e);
    }
  }

  private static Request named(Request request) {
    return request.newBuilder().header("User-Agent", "vpcep-operator").build();
  }

  private Reply reply(String service, Response response, Collection<String> secrets)
      throws IOException, SyncFailure {
    if (!response.isSuccessful()) {
      ApiError error = new ApiErrorReader(redaction.apply(secrets), clock).read(response);
      return new Reply(response.code(), response.headers(), new byte[0], error.toFailure(service));
    }
    BufferedSource body = response.body().source();
    if (body.request(MAX_BODY + 1)) {
      throw new SyncFailure(FailureReason.INVALID_RESPONSE, service + " answered more than 64 KiB");
    }
    return new Reply(response.code(), response.headers(), body.readByteArray(), null);
  }

  /** An address that is not allowed is that of a field; all else is told of the service. */
  private SyncFailure unanswered(String service, Request request, IOException e) {
    SyncFailure failure = new IoFailures(request.url(), timeouts).classify(e);
    boolean isOfTheField = failure.reason() == FailureReason.ENDPOINT_NOT_ALLOWED;
    return new SyncFailure(
        failure.reason(),
        "%s: %s"
            .formatted(isOfTheField ? CloudSessions.IAM_ENDPOINT : service, failure.getMessage()),
        null,
        e);
  }
}
