package io.vpcep.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class KubernetesProblemTest {
  @Test
  void saysWhatTheServerSays() {
    Status status = new StatusBuilder().withCode(403).withMessage("may\nnot").build();

    String problem = KubernetesProblem.describe(new KubernetesClientException(status));

    assertThat(problem).isEqualTo("403 may not");
  }

  @Test
  void saysTheCodeWhereTheServerSaysNothing() {
    String problem = KubernetesProblem.describe(new KubernetesClientException("x", 502, null));

    assertThat(problem).isEqualTo("the Kubernetes API answered 502");
  }

  @Test
  void saysWhyThereIsNoAnswer() {
    String problem =
        KubernetesProblem.describe(
            new KubernetesClientException("x", new SocketTimeoutException("timeout")));

    assertThat(problem).isEqualTo("the Kubernetes API gave no answer: timeout");
  }

  @Test
  void cutsWhatIsTooLong() {
    Status status = new StatusBuilder().withCode(422).withMessage("x".repeat(1000)).build();

    String problem = KubernetesProblem.describe(new KubernetesClientException(status));

    assertThat(problem).hasSize(257).startsWith("422 xxx").endsWith("x…");
  }

  @Test
  void quotesNothingOfAnAnswerThatCannotBeRead() {
    KubernetesClientException unreadable =
        new KubernetesClientException(
            "x", new IOException("outer", new JsonParseException("at: s3cret")));

    String problem = KubernetesProblem.describe(unreadable);

    assertThat(problem).isEqualTo("the Kubernetes API's answer is unreadable");
    assertThat(unreachable(unreadable)).isFalse();
  }

  @Test
  void tellsNoAnswerFromOneThatCannotBeRead() {
    assertThat(unreachable(new KubernetesClientException("x", new IOException("reset")))).isTrue();
    assertThat(unreachable(new KubernetesClientException("x", new JsonParseException("not JSON"))))
        .isFalse();
    assertThat(unreachable(new KubernetesClientException("x", 503, null))).isFalse();
    assertThat(unreachable(new KubernetesClientException("interrupted"))).isFalse();
  }

  private static boolean unreachable(KubernetesClientException e) {
    return KubernetesProblem.isUnreachable(e);
  }
}
