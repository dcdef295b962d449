package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.CloudFixture.json;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.SyncFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudCatalogTlsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @TempDir static Path dir;
  private static TestAuthority trusted;
  private static TestAuthority other;
  private static SSLSocketFactory valid;
  private static SSLSocketFactory expired;

  private CloudFixture cloud;

  @BeforeAll
  static void generate() throws Exception {
    trusted = TestAuthority.create(dir, "trusted");
    other = TestAuthority.create(dir, "other");
    valid = trusted.server("-1d");
    expired = trusted.server("-90d");
  }

  @BeforeEach
  void start() throws Exception {
    cloud = new CloudFixture().withTls(valid).started();
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void trustsTheProjectsOwnAuthority() throws Exception {
    // Given
    cloud.answering(json(Pages.json(0, 1, 1)).build());
    String several = other.pem() + "\n# ours\n" + trusted.pem();

    // Then
    assertThat(
            cloud
                .catalog
                .list(cloud.request(cloud.endpoint("localhost"), several, TIMEOUT))
                .isComplete())
        .isTrue();
  }

  @Test
  void trustsTheProjectsOwnAuthorityAtTheIdentityServiceToo() throws Exception {
    // Given
    cloud.answering(
        json("{\"token\":{\"expires_at\":\"2026-11-24T10:00:00Z\"}}")
            .code(201)
            .addHeader("X-Subject-Token", "T1")
            .build(),
        json(Pages.json(0, 1, 1)).build());

    // Then
    assertThat(cloud.catalog.list(login(trusted.pem())).isComplete()).isTrue();
    assertThat(cloud.failure(login(other.pem())))
        .hasMessage(
            "the identity service localhost: TLS handshake with localhost failed: certificate not"
                + " trusted (set spec.tls.caSecretRef)");
  }

  private ListingRequest login(String pem) {
    ListingRequest plain = cloud.request(cloud.endpoint("localhost"), pem, TIMEOUT);
    return new ListingRequest(
        plain.requester(),
        plain.endpoint(),
        plain.projectId(),
        new Credentials.Login("u", "p", "d", plain.endpoint()),
        pem,
        plain.query(),
        plain.timeout());
  }

  @Test
  void trustsNoUnknownAuthority() throws Exception {
    assertThat(failure(cloud, "localhost", null))
        .hasMessage(
            "TLS handshake with localhost failed: certificate not trusted (set spec.tls.caSecretRef)");
  }

  @Test
  void trustsNobodyBecauseOfAnotherProjectsAuthority() throws Exception {
    // Given
    cloud.answering(json(Pages.json(0, 1, 1)).build());
    cloud.catalog.list(cloud.request(cloud.endpoint("localhost"), trusted.pem(), TIMEOUT));

    // Then
    assertThat(failure(cloud, "localhost", other.pem()).reason())
        .isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
    assertThat(failure(cloud, "localhost", null).reason())
        .isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
    assertThat(cloud.server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void trustsNoCertificateOfAnotherHost() throws Exception {
    assertThat(failure(cloud, "127.0.0.1", trusted.pem()))
        .hasMessage("TLS handshake with 127.0.0.1 failed: the certificate is for another host");
  }

  @Test
  void trustsNoExpiredCertificate() throws Exception {
    try (CloudFixture old = new CloudFixture().withTls(expired).started()) {
      assertThat(failure(old, "localhost", trusted.pem()))
          .hasMessage("TLS handshake with localhost failed: certificate expired");
    }
  }

  @Test
  void saysThatAServerSpeaksNoTls() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      // Given
      CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answerInPlainText(plain));
      URI endpoint = URI.create("https://127.0.0.1:" + plain.getLocalPort());

      // When
      SyncFailure failure = cloud.failure(cloud.request(endpoint, null, TIMEOUT));

      // Then
      assertThat(failure)
          .hasMessage(
              "TLS handshake with 127.0.0.1 failed: the server does not speak TLS as it should");
      served.join();
    }
  }

  private static void answerInPlainText(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().read(new byte[4096]);
      socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
      // Until the client hangs up: closing first could reset what it has not read.
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n"
      })
  void saysThatTheAuthoritiesCannotBeRead(String pem) {
    // When
    SyncFailure failure = failure(cloud, "localhost", pem);

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.SECRET_INVALID);
    assertThat(failure).hasMessageContaining("ca.crt");
  }

  private static SyncFailure failure(CloudFixture cloud, String host, String pem) {
    return cloud.failure(cloud.request(cloud.endpoint(host), pem, TIMEOUT));
  }
}
