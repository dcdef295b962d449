package io.vpcep.operator.cloud;

import com.fasterxml.jackson.core.io.JsonEOFException;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.Recognizer;
import io.vpcep.operator.sync.SyncFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;

/** Gets the pages of one listing from the cloud, a call each. */
final class PageReader implements PageSource {
  private final Call.Factory calls;
  private final PageUrls urls;
  private final ApiErrorReader errors;
  private final Deadline deadline;
  private final CallReport report;
  private final Recognizer recognizer;

  PageReader(
      Call.Factory calls,
      PageUrls urls,
      ApiErrorReader errors,
      Deadline deadline,
      CallReport report,
      Recognizer recognizer) {
    this.calls = calls;
    this.urls = urls;
    this.errors = errors;
    this.deadline = deadline;
    this.report = report;
    this.recognizer = recognizer;
  }

  @Override
  public Answer fetch(long offset) throws SyncFailure, InterruptedException {
    long nanos = Math.max(1, deadline.remaining().toNanos());
    Call call = calls.newCall(request(urls.page(offset)));
    call.timeout().timeout(nanos, TimeUnit.NANOSECONDS);
    // Not on this thread: neither a name lookup nor a read would heed the time or an interrupt.
    CompletableFuture<Answer> answer = enqueue(call);
    try {
      return answer.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      call.cancel();
      return new Answer.OutOfTime();
    } catch (InterruptedException e) {
      call.cancel();
      throw e;
    } catch (ExecutionException e) {
      throw defect(e.getCause());
    }
  }

  private static Request request(HttpUrl url) {
    return new Request.Builder()
        .url(url)
        .header("Accept", "application/json")
        .header("User-Agent", "vpcep-operator")
        .build();
  }

  private CompletableFuture<Answer> enqueue(Call call) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call failed, IOException e) {
            report.unanswered();
            complete(answer, () -> broken(e, null));
          }

          @Override
          public void onResponse(Call answered, Response response) {
            try (response) {
              report.answered(response.code());
              complete(answer, () -> read(response));
            }
          }
        });
    return answer;
  }

  private static void complete(CompletableFuture<Answer> answer, Callable<Answer> reading) {
    try {
      answer.complete(reading.call());
    } catch (Throwable e) {
      // Whatever it is belongs to the thread that waits.
      answer.completeExceptionally(e);
    }
  }

  private Answer read(Response response) throws SyncFailure {
    if (!response.isSuccessful()) {
      ApiError error = errors.read(response);
      report.refused(error);
      return new Answer.Refused(error);
    }
    String requestId = errors.requestId(response);
    try {
      return new Answer.Read(page(response), requestId);
    } catch (IOException e) {
      return broken(e, requestId);
    } catch (SyncFailure e) {
      SyncFailure named = RequestIds.name(e, requestId);
      if (e.getCause() instanceof JsonEOFException) {
        return new Answer.Broken(named);
      }
      throw named;
    }
  }

  private Page page(Response response) throws SyncFailure, IOException {
    MediaType type = response.body().contentType();
    if (type != null && !isJson(type)) {
      throw new SyncFailure(
          FailureReason.INVALID_RESPONSE,
          "the cloud answered %s instead of JSON".formatted(errors.name(type)));
    }
    return PageParser.parse(response.body().byteStream(), recognizer);
  }

  private static boolean isJson(MediaType type) {
    String subtype = type.subtype().toLowerCase(Locale.ROOT);
    return subtype.equals("json") || subtype.endsWith("+json");
  }

  /**
   * What an exception means for the page.
   *
   * @param requestId of the response that broke off, or null
   */
  private Answer broken(IOException e, String requestId) throws SyncFailure {
    // A SocketTimeoutException is a step that took too long; its parent type is the whole call.
    boolean callTimedOut =
        e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException);
    if (callTimedOut || deadline.hasPassed()) {
      return new Answer.OutOfTime();
    }
    SyncFailure failure = RequestIds.name(report.classify(e), requestId);
    if (report.isTransient(e)) {
      return new Answer.Broken(failure);
    }
    throw failure;
  }

  private static SyncFailure defect(Throwable cause) {
    if (cause instanceof SyncFailure failure) {
      return failure;
    }
    throw new IllegalStateException("reading a page failed", cause);
  }
}
