package io.vpcep.operator.cluster;

import static java.net.HttpURLConnection.HTTP_INTERNAL_ERROR;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.stream.Stream;

/** Says in a clause what a Kubernetes API refused, or why it could not be asked. */
final class KubernetesProblem {
  /** Not among the constants of java.net. */
  static final int TOO_MANY_REQUESTS = 429;

  private static final int MAX_LENGTH = 256;
  private static final int MOST_CAUSES = 16;

  private KubernetesProblem() {}

  static String describe(KubernetesClientException e) {
    Status status = e.getStatus();
    if (status != null && status.getMessage() != null) {
      return cut(e.getCode() + " " + status.getMessage());
    }
    if (e.getCode() > 0) {
      return "the Kubernetes API answered " + e.getCode();
    }
    if (isUnreadable(e)) {
      // What the parser says may quote the answer, and that may be a Secret.
      return "the Kubernetes API's answer is unreadable";
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cut("the Kubernetes API gave no answer: " + cause.getMessage());
  }

  /** True when no answer came at all: no connection, or a time-out. */
  static boolean isUnreachable(KubernetesClientException e) {
    return e.getCode() <= 0 && e.getCause() instanceof IOException && !isUnreadable(e);
  }

  /** True when the same request may well be taken a moment later. */
  static boolean isBusy(KubernetesClientException e) {
    return e.getCode() == TOO_MANY_REQUESTS || e.getCode() >= HTTP_INTERNAL_ERROR;
  }

  /** The client may wrap the parser's exception in others. */
  private static boolean isUnreadable(KubernetesClientException e) {
    return Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
        .limit(MOST_CAUSES)
        .anyMatch(JsonProcessingException.class::isInstance);
  }

  /** {@code text} in one line that fits a condition. */
  static String cut(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
  }
}
