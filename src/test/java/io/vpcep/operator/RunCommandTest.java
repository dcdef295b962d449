package io.vpcep.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {

  @Test
  void saysWhatKeptItFromStarting() {
    assertThat(RunCommand.reason(new BindException("Address already in use")))
        .isEqualTo("BindException: Address already in use");
  }

  @Test
  void saysWhatTheCausesSay() {
    Exception wrapped =
        new IllegalStateException(
            "An error has occurred.", new IOException(null, new FileNotFoundException("ca.crt")));

    assertThat(RunCommand.reason(wrapped))
        .isEqualTo(
            "IllegalStateException: An error has occurred.; cause: FileNotFoundException: ca.crt");
  }

  @Test
  void namesTheClassAndThePlaceWhereNobodySaidAnything() {
    assertThat(RunCommand.reason(new NullPointerException()))
        .startsWith("java.lang.NullPointerException without a message, at ")
        .contains("RunCommandTest.java:");
  }

  @Test
  void isNotCaughtInACircleOfCauses() {
    Exception one = new IllegalStateException((String) null);
    one.initCause(new IllegalStateException(null, one));

    assertThat(RunCommand.reason(one)).contains("IllegalStateException without a message");
  }

  @Test
  void doesNotQuoteAKubeconfigThatItCannotRead(@TempDir Path directory) throws IOException {
    Path broken =
        Files.writeString(directory.resolve("config"), "users: [{user: {token: very-secret}");
    System.setProperty(Config.KUBERNETES_KUBECONFIG_FILE, broken.toString());
    try {
      assertThatThrownBy(RunCommand::clusterConfig)
          .hasMessageContaining("the kubeconfig")
          .extracting(RunCommand::reason)
          .asString()
          .doesNotContain("very-secret");
    } finally {
      System.clearProperty(Config.KUBERNETES_KUBECONFIG_FILE);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*|",
        "x.example, 10.96.0.0/12|",
        "10.96.0.1:443|",
        "x.example|http://proxy.example:3128",
        "a b|http://proxy.example:3128",
      })
  void heedsTheExceptionsFromTheProxyTowardsTheApiServer(String noProxy, String expected) {
    // Given
    Config cluster =
        new ConfigBuilder()
            .withAutoConfigure(false)
            .withMasterUrl("https://10.96.0.1")
            .withHttpsProxy("http://proxy.example:3128")
            .withNoProxy(noProxy.split(","))
            .build();

    // When
    Config called = RunCommand.calledAsExcepted(cluster);

    // Then
    assertThat(called.getHttpsProxy()).isEqualTo(expected);
  }
}
