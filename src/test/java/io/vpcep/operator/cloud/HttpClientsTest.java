package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vpcep.operator.config.EndpointRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.ConnectionSpec;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.TlsVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpClientsTest {
  private final MockWebServer server = new MockWebServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void judgesANameAtEachNewConnection() throws Exception {
    // Given
    MockResponse fine = new MockResponse.Builder().body("fine").build();
    server.start(InetAddress.getByName("127.0.0.1"), 0);
    server.enqueue(fine);
    server.enqueue(fine);
    server.enqueue(fine);
    List<String> looked = new ArrayList<>();
    Iterator<String> answers = List.of("93.184.216.34", "127.0.0.1").iterator();
    Dns rebinding =
        host -> {
          looked.add(host);
          return List.of(InetAddress.getByName(answers.next()));
        };
    EndpointGuard guard = new EndpointGuard(new EndpointRules(List.of(), false), rebinding);
    try (HttpClients clients = new HttpClients(guard, Timeouts.DEFAULT)) {
      OkHttpClient client =
          clients.trusting(null).newBuilder().socketFactory(new Detour(server.getPort())).build();

      // When
      String first = get(client);
      String overTheSameConnection = get(client);
      client.connectionPool().evictAll();
      IOException refused = catchThrowableOfType(IOException.class, () -> get(client));

      // Then
      assertThat(first).isEqualTo(overTheSameConnection).isEqualTo("fine");
      assertThat(refused).isInstanceOf(AddressRefusedException.class);
      assertThat(looked).containsExactly("rebind.example", "rebind.example");
      assertThat(server.getRequestCount()).isEqualTo(2);
    }
  }

  @Test
  void offersNoTlsBefore12() throws Exception {
    try (HttpClients clients = clients()) {
      assertThat(clients.trusting(null).connectionSpecs())
          .flatExtracting(spec -> Objects.requireNonNullElse(spec.tlsVersions(), List.of()))
          .containsExactlyInAnyOrder(TlsVersion.TLS_1_3, TlsVersion.TLS_1_2);
      assertThat(clients.trusting(null).connectionSpecs()).contains(ConnectionSpec.CLEARTEXT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void speaksTls(String version, @TempDir Path dir) throws Exception {
    // Given
    TestAuthority authority = TestAuthority.create(dir, "trusted");
    server.useHttps(new Speaking(authority.server("-1d"), version));
    server.start(InetAddress.getByName("127.0.0.1"), 0);
    server.enqueue(new MockResponse.Builder().body("fine").build());
    try (HttpClients clients = clients();
        Response response =
            clients
                .trusting(authority.pem())
                .newCall(new Request.Builder().url("https://localhost:" + server.getPort()).build())
                .execute()) {

      // Then
      assertThat(response.handshake().tlsVersion().javaName()).isEqualTo(version);
    }
  }

  private static HttpClients clients() {
    return new HttpClients(
        new EndpointGuard(EndpointRules.anything(), Dns.SYSTEM), Timeouts.DEFAULT);
  }

  private static String get(OkHttpClient client) throws IOException {
    Request request = new Request.Builder().url("http://rebind.example/").build();
    try (Response response = client.newCall(request).execute()) {
      return response.body().string();
    }
  }

  /** Sockets that reach a port of this machine, wherever they believe to go. */
  private static final class Detour extends SocketFactory {
    private final int port;

    Detour(int port) {
      this.port = port;
    }

    @Override
    public Socket createSocket() {
      return new Socket() {
        @Override
        public void connect(SocketAddress target, int timeout) throws IOException {
          super.connect(new InetSocketAddress("127.0.0.1", port), timeout);
        }
      };
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }

  /** Sockets of a server that knows one version of TLS. */
  private static final class Speaking extends SSLSocketFactory {
    private final SSLSocketFactory sockets;
    private final String version;

    Speaking(SSLSocketFactory sockets, String version) {
      this.sockets = sockets;
      this.version = version;
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
        throws IOException {
      SSLSocket layered = (SSLSocket) sockets.createSocket(socket, host, port, autoClose);
      layered.setEnabledProtocols(new String[] {version});
      assertThat(Arrays.asList(layered.getEnabledProtocols())).containsExactly(version);
      return layered;
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return sockets.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }
}
