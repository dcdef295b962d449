package io.vpcep.operator.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEndpointsTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicReference<String> trouble = new AtomicReference<>();
  private final Health health =
      new Health(
          List.of(new HealthCheck("schedule", Optional::empty)),
          List.of(new HealthCheck("mirror", () -> Optional.ofNullable(trouble.get()))));
  private final AtomicReference<Supplier<String>> metrics =
      new AtomicReference<>(() -> "vpcep_sync_total 1.0\n");
  private HttpEndpoints endpoints;

  @BeforeEach
  void start() throws IOException {
    endpoints = HttpEndpoints.start(0, health, () -> metrics.get().get());
  }

  @AfterEach
  void stop() {
    endpoints.close();
  }

  @Test
  void servesLivenessLineByLine() throws Exception {
    HttpResponse<String> response = send("GET", "/livez?verbose");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("[+]schedule ok\n");
  }

  @Test
  void servesReadinessAsItIsNow() throws Exception {
    trouble.set("not listed yet");
    HttpResponse<String> before = send("GET", "/readyz");
    trouble.set(null);
    HttpResponse<String> after = send("GET", "/readyz");

    assertThat(before.statusCode()).isEqualTo(503);
    assertThat(before.body()).isEqualTo("[-]mirror failed: not listed yet\n");
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(after.body()).isEqualTo("[+]mirror ok\n");
  }

  @Test
  void servesMetricsAsPrometheusText() throws Exception {
    HttpResponse<String> response = send("GET", "/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("vpcep_sync_total 1.0\n");
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void answersHeadWithoutBody() throws Exception {
    trouble.set("not listed yet");

    HttpResponse<String> response = send("HEAD", "/readyz");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(33);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/livez/", "/livez2", "/readyz/mirror", "/metrics/x", "/healthz"})
  void knowsNothingElse(String path) throws Exception {
    assertThat(send("GET", path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
  void takesNothingButReading(String method) throws Exception {
    HttpResponse<String> response = send(method, "/metrics");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void says500WhenMetricsCannotBeHad() throws Exception {
    metrics.set(
        () -> {
          throw new IllegalStateException("two meters of one name");
        });

    HttpResponse<String> response = send("GET", "/metrics");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("internal error, see the log\n");
  }

  @Test
  void namesAPortThatIsInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertThatThrownBy(() -> HttpEndpoints.start(taken.getLocalPort(), health, () -> ""))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(
              "cannot serve health and metrics on port " + taken.getLocalPort() + ": ");
    }
  }

  @Test
  void doesNotKeepTheProcessAlive() throws Exception {
    send("GET", "/livez");

    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(
            thread ->
                thread.getName().startsWith("http-endpoints-")
                    || thread.getName().equals("HTTP-Dispatcher"))
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(Thread::isDaemon);
  }

  @Test
  void limitsHowLongAClientMayHoldAThread() {
    assertThat(System.getProperty("sun.net.httpserver.maxReqTime")).isEqualTo("2");
    assertThat(System.getProperty("sun.net.httpserver.maxRspTime")).isEqualTo("10");
  }

  @Test
  void stopsWhenClosed() {
    endpoints.close();

    assertThatThrownBy(() -> send("GET", "/livez")).isInstanceOf(ConnectException.class);
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    URI uri = URI.create("http://localhost:" + endpoints.port() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
