package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.SyncFailure;
import java.util.Collection;
import okhttp3.Headers;
import okhttp3.Request;

/** Sends the requests by which credentials are had; implemented where HTTP is at home. */
public interface IdentityCalls {

  /**
   * Sends a request and waits for its answer, for as long as one call may take and no longer.
   *
   * @param service who is called, for messages
   * @param secrets what of the request no message may show
   * @throws SyncFailure when there was no answer, or one over a limit; classified
   */
  Reply send(String service, Request request, Collection<String> secrets) throws SyncFailure;

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param body whole; of a refusal nothing
   * @param refusal what the answer means, classified; null for a success
   */
  record Reply(int status, Headers headers, byte[] body, SyncFailure refusal) {
    /** The body may hold keys, the headers a token. */
    @Override
    public String toString() {
      return "Reply[" + status + "]";
    }
  }
}
