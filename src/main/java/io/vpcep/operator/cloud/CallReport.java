package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.SyncFailure;
import java.io.IOException;
import okhttp3.HttpUrl;

/** Tells the observer, and the user, how the calls to one endpoint went. */
final class CallReport {
  private final RequestObserver observer;
  private final String host;
  private final IoFailures failures;

  CallReport(HttpUrl endpoint, RequestObserver observer, Timeouts timeouts) {
    this.observer = observer;
    this.host = endpoint.host();
    this.failures = new IoFailures(endpoint, timeouts);
  }

  void answered(int status) {
    observer.answered(host, status);
  }

  void unanswered() {
    observer.unanswered(host);
  }

  void refused(ApiError error) {
    if (error.isThrottled()) {
      observer.throttled(host);
    }
  }

  boolean isTransient(IOException e) {
    return failures.isTransient(e);
  }

  SyncFailure classify(IOException e) {
    return failures.classify(e);
  }
}
