package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.CloudFixture.error;
import static io.vpcep.operator.cloud.CloudFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.config.ProxySettings;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.SyncFailure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudCatalogProxyTest {
  private static final EndpointRules PUBLIC = new EndpointRules(List.of(), false);
  private static final String LOGIN = "us%40er:pa%3Ass-w%2Brd@";
  private static final String ENCODED_LOGIN = "dXNAZXI6cGE6c3MtdytyZA==";

  @TempDir static Path dir;
  private static TestAuthority authority;
  private static SSLSocketFactory sockets;

  private final Map<String, String> names = new ConcurrentHashMap<>();
  private final MockWebServer server = new MockWebServer();
  private TestProxy proxy;

  @BeforeAll
  static void generate() throws Exception {
    authority = TestAuthority.create(dir, "trusted");
    sockets = authority.server("-1d");
  }

  @BeforeEach
  void start() throws Exception {
    server.useHttps(sockets);
    server.start(InetAddress.getByName("127.0.0.1"), 0);
    proxy = new TestProxy(server.getPort(), null);
    names.put("proxy.example", "127.0.0.1");
    names.put("cloud.example", "93.184.216.34");
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    server.close();
  }

  @Test
  void readsThroughTheProxy() throws Exception {
    try (CloudFixture cloud = through(PUBLIC, LOGIN)) {
      // Given
      server.enqueue(json(Pages.json(0, 1, 1)).build());

      // When
      boolean complete = cloud.catalog.list(request(cloud, "cloud.example")).isComplete();

      // Then
      assertThat(complete).isTrue();
      assertThat(proxy.requests).hasSize(1);
      assertThat(proxy.requests.get(0))
          .startsWith("CONNECT cloud.example:%d HTTP/1.1\r\n".formatted(server.getPort()))
          .contains("Proxy-Authorization: Basic " + ENCODED_LOGIN + "\r\n")
          .doesNotContainIgnoringCase("X-Auth-Token")
          .doesNotContain("t0k-in-use");
      RecordedRequest request = server.takeRequest();
      assertThat(request.getHeaders().get("X-Auth-Token")).isEqualTo("t0k-in-use");
      assertThat(request.getHeaders().get("Proxy-Authorization")).isNull();
    }
  }

  @Test
  void leavesANameThatMeansNothingHereToTheProxy() throws Exception {
    try (CloudFixture cloud = through(PUBLIC, "")) {
      // Given
      names.remove("cloud.example");
      server.enqueue(json(Pages.json(0, 1, 1)).build());

      // Then
      assertThat(cloud.catalog.list(request(cloud, "cloud.example")).isComplete()).isTrue();
      assertThat(proxy.requests).hasSize(1);
      assertThat(proxy.requests.get(0)).doesNotContain("Proxy-Authorization");
    }
  }

  @Test
  void asksNoProxyForANameThatIsNotPublicHere() throws Exception {
    try (CloudFixture cloud = through(PUBLIC, LOGIN)) {
      // Given
      names.put("cloud.example", "169.254.169.254");

      // When
      SyncFailure failure = cloud.failure(request(cloud, "cloud.example"));

      // Then
      assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_NOT_ALLOWED);
      assertThat(failure).hasMessageContaining("cloud.example has the address 169.254.169.254");
      assertThat(proxy.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, VPCEP_ALLOW_INSECURE_ENDPOINTS",
    "169.254.169.254, VPCEP_ALLOW_INSECURE_ENDPOINTS",
    "0x7f.1, VPCEP_ALLOW_INSECURE_ENDPOINTS",
    "proxy.example, has the address 127.0.0.1",
  })
  void asksNoProxyForAnAddressThatIsNotPublic(String host, String message) throws Exception {
    try (CloudFixture cloud = through(PUBLIC, "")) {
      // When
      SyncFailure failure = cloud.failure(request(cloud, host));

      // Then
      assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_NOT_ALLOWED);
      assertThat(failure).hasMessageContaining(message);
      assertThat(proxy.requests).isEmpty();
    }
  }

  @Test
  void asksNoProxyForAHostThatMatchesNoPattern() throws Exception {
    try (CloudFixture cloud = through(new EndpointRules(List.of("vpcep.*.example"), false), "")) {
      // When
      SyncFailure failure = cloud.failure(request(cloud, "cloud.example"));

      // Then
      assertThat(failure).hasMessageContaining("VPCEP_ALLOWED_ENDPOINTS");
      assertThat(proxy.requests).isEmpty();
    }
  }

  @Test
  void judgesTheNameAtEachNewTunnel() throws Exception {
    try (CloudFixture cloud = through(PUBLIC, "")) {
      // Given
      MockResponse page = json(Pages.json(0, 1, 1)).build();
      server.enqueue(page);
      server.enqueue(page.newBuilder().onResponseEnd(new SocketEffect.CloseSocket()).build());
      cloud.catalog.list(request(cloud, "cloud.example"));
      names.put("cloud.example", "127.0.0.1");
      cloud.catalog.list(request(cloud, "cloud.example"));

      // When
      SyncFailure failure = cloud.failure(request(cloud, "cloud.example"));

      // Then
      assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_NOT_ALLOWED);
      assertThat(proxy.requests).hasSize(1);
    }
  }

  @Test
  void callsAnExceptionDirectly() throws Exception {
    try (CloudFixture cloud =
        fixture(EndpointRules.anything(), Map.of("HTTPS_PROXY", url(""), "no_proxy", ".example"))) {
      // Given
      names.put("cloud.example", "127.0.0.1");
      server.enqueue(json(Pages.json(0, 1, 1)).build());

      // Then
      assertThat(cloud.catalog.list(request(cloud, "cloud.example")).isComplete()).isTrue();
      assertThat(proxy.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "us%40er:pa%3Ass-w%2Brd@, 407 No, refused the user or the password",
    "'', 407 No, wants a user and a password",
    "us%40er:pa%3Ass-w%2Brd@, 503 Busy, answered 503 instead of connecting",
    "'', 403 pa:ss-w+rd, answered 403 instead of connecting",
  })
  void saysThatTheProxyRefused(String login, String status, String message) throws Exception {
    try (TestProxy refusing =
            new TestProxy(
                0,
                "HTTP/1.1 %s\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0"
                    .formatted(status));
        CloudFixture cloud =
            fixture(
                PUBLIC,
                Map.of(
                    "HTTPS_PROXY",
                    "http://%sproxy.example:%d".formatted(login, refusing.port())))) {
      // When
      SyncFailure failure = cloud.failure(request(cloud, "cloud.example"));

      // Then
      assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
      assertThat(failure)
          .hasMessage("the proxy proxy.example:%d %s".formatted(refusing.port(), message));
      assertThat(refusing.requests).hasSizeBetween(1, 2);
    }
  }

  @Test
  void saysThatTheProxyCannotBeReached() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    try (CloudFixture cloud = fixture(PUBLIC, Map.of("https_proxy", "proxy.example:" + closed))) {
      // Then
      assertThat(cloud.failure(request(cloud, "cloud.example")))
          .hasMessage("cannot connect to the proxy proxy.example:" + closed);
    }
  }

  @Test
  void saysThatTheProxyIsUnknown() throws Exception {
    try (CloudFixture cloud = fixture(PUBLIC, Map.of("HTTPS_PROXY", "http://no.example:3128"))) {
      // When
      SyncFailure failure = cloud.failure(request(cloud, "cloud.example"));

      // Then
      assertThat(failure.reason()).isEqualTo(FailureReason.ENDPOINT_UNREACHABLE);
      assertThat(failure).hasMessage("cannot resolve the proxy no.example");
    }
  }

  @Test
  void saysThatTheCloudBehindTheProxyIsToBlame() throws Exception {
    try (CloudFixture cloud = through(PUBLIC, "")) {
      // When
      SyncFailure failure =
          cloud.failure(cloud.request(endpoint("cloud.example"), null, Duration.ofSeconds(20)));

      // Then
      assertThat(failure)
          .hasMessageStartingWith(
              "TLS handshake with cloud.example failed: certificate not trusted");
    }
  }

  @Test
  void logsInToTheProxyOfPlainCallsAndShowsNoneOfIt() throws Exception {
    try (MockWebServer plain = new MockWebServer()) {
      // Given
      plain.start(InetAddress.getByName("127.0.0.1"), 0);
      plain.enqueue(
          new MockResponse.Builder().code(407).addHeader("Proxy-Authenticate", "Basic").build());
      plain.enqueue(error(400, "{\"error_msg\":\"pa:ss-w+rd " + ENCODED_LOGIN + "\"}").build());
      String url = "http://%sproxy.example:%d".formatted(LOGIN, plain.getPort());
      try (CloudFixture cloud = fixture(EndpointRules.anything(), Map.of("http_proxy", url))) {

        // When
        SyncFailure failure =
            cloud.failure(
                cloud.request(URI.create("http://cloud.example"), null, Duration.ofSeconds(20)));

        // Then
        assertThat(failure).hasMessage("the cloud answered 400 \"[redacted] [redacted]\"");
        assertThat(plain.takeRequest().getHeaders().get("Proxy-Authorization")).isNull();
        RecordedRequest second = plain.takeRequest();
        assertThat(second.getHeaders().get("Proxy-Authorization"))
            .isEqualTo("Basic " + ENCODED_LOGIN);
        assertThat(second.getRequestLine()).startsWith("GET http://cloud.example/v1/p/");
      }
    }
  }

  private String url(String login) {
    return "http://%sproxy.example:%d".formatted(login, proxy.port());
  }

  private CloudFixture through(EndpointRules rules, String login) throws Exception {
    return fixture(rules, Map.of("HTTPS_PROXY", url(login)));
  }

  private CloudFixture fixture(EndpointRules rules, Map<String, String> environment)
      throws Exception {
    return new CloudFixture(rules.through(ProxySettings.read(environment)), dns());
  }

  private Dns dns() {
    return host -> {
      String address = names.get(host);
      if (address == null) {
        throw new UnknownHostException(host);
      }
      return List.of(InetAddress.getByName(address));
    };
  }

  private ListingRequest request(CloudFixture cloud, String host) throws Exception {
    return cloud.request(endpoint(host), authority.pem(), Duration.ofSeconds(20));
  }

  private URI endpoint(String host) {
    return URI.create("https://%s:%d".formatted(host, server.getPort()));
  }
}
