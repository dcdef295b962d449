package io.vpcep.operator.cluster;

import com.fasterxml.jackson.core.JacksonException;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Says in a clause what a Kubernetes API refused, or why it could not be asked. */
final class KubernetesProblem {
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
      // What Jackson says of it may quote it, and the answer may be a Secret.
      return "the answer of the Kubernetes API could not be read";
    }
    String problem = isSilence(e) ? "the Kubernetes API gave no answer: " : "unexpected: ";
    return cut(problem + innermostMessage(e));
  }

  /** True when no answer came at all; an answer that could not be read is one. */
  static boolean isSilence(KubernetesClientException e) {
    return e.getCode() <= 0
        && e.getStatus() == null
        && !isUnreadable(e)
        && causes(e).anyMatch(c -> c instanceof IOException || c instanceof TimeoutException);
  }

  private static boolean isUnreadable(KubernetesClientException e) {
    return causes(e).anyMatch(JacksonException.class::isInstance);
  }

  private static String innermostMessage(Throwable e) {
    return causes(e)
        .map(Throwable::getMessage)
        .filter(message -> message != null)
        .reduce((outer, inner) -> inner)
        .orElse(e.toString());
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause).limit(MOST_CAUSES);
  }

  /** {@code text} in one line that fits a condition. */
  static String cut(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
  }
}
