package io.vpcep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.cloud.auth.VendorSigner;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code list} as a process of its own, with an environment of its own. */
class ListCredentialsTest {
  private final MockWebServer cloud = new MockWebServer();

  record Ended(int exitCode, String output) {}

  @BeforeEach
  void start() throws Exception {
    cloud.start(InetAddress.getByName("127.0.0.1"), 0);
    cloud.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Type", "application/json")
            .body("{\"endpoint_services\":[],\"total_count\":0}")
            .build());
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private Ended list(Map<String, String> variables) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                VpcepOperator.class.getName()));
    command.addAll(List.of("list", "--endpoint", cloud.url("/").toString(), "--project-id", "p1"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("VPCEP_"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  @Test
  void signsWithTheKeysOfTheEnvironment() throws Exception {
    // When
    Ended ended =
        list(
            Map.of(
                "VPCEP_ACCESS_KEY", "AK",
                "VPCEP_SECRET_KEY", "hunter2",
                "VPCEP_SECURITY_TOKEN", "ST"));

    // Then
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    RecordedRequest arrived = cloud.takeRequest();
    assertThat(arrived.getHeaders().get("X-Security-Token")).isEqualTo("ST");
    assertThat(arrived.getHeaders().get("Authorization"))
        .isEqualTo(
            VendorSigner.authorization(
                List.of("AK", "hunter2"),
                "http://" + arrived.getHeaders().get("Host"),
                "/v1/p1/vpc-endpoint-services",
                List.of(Map.entry("limit", "1000")),
                Map.of(
                    "X-Sdk-Date", arrived.getHeaders().get("X-Sdk-Date"),
                    "X-Project-Id", "p1",
                    "X-Security-Token", "ST")));
  }

  @Test
  void refusesAMixtureInOneLine() throws Exception {
    // When
    Ended ended = list(Map.of("VPCEP_TOKEN", "hunter2", "VPCEP_SECRET_KEY", "hunter2"));

    // Then
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output().lines())
        .containsExactly(
            "VPCEP_TOKEN and VPCEP_SECRET_KEY are both set: keep the one or the other",
            "Try 'vpcep-operator list --help'.");
    assertThat(cloud.getRequestCount()).isZero();
  }
}
