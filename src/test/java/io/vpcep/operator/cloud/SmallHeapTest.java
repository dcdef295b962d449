package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.CloudFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.SyncFailure;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process with less memory than a cloud would have it hold. */
class SmallHeapTest {
  private static final int MEBIBYTE = 1 << 20;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"endpoint_services\":[ @",
        "{\"endpoint_services\":[{\"id\":\"@",
        "{\"x\":\"@",
        "@",
      })
  void outlivesABodyOf200MegabytesInsideOf200Kilobytes(String start, @TempDir Path dir)
      throws Exception {
    try (CloudFixture cloud = new CloudFixture().started()) {
      // Given
      cloud.answering(json("").addHeader("Content-Encoding", "gzip").body(bomb(start)).build());
      Path output = dir.resolve("output");

      // When
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx96m",
                  "-XX:+ExitOnOutOfMemoryError",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Program.class.getName(),
                  cloud.endpoint("127.0.0.1").toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      process.destroyForcibly();

      // Then
      assertThat(ended).isTrue();
      assertThat(process.exitValue()).as(Files.readString(output)).isZero();
      assertThat(output).content().contains("the cloud's answer is over a limit: ");
    }
  }

  /** The start, up to its {@code @}, and 200 MiB of one character. */
  private static Buffer bomb(String start) throws Exception {
    Buffer bomb = new Buffer();
    String filling = start.contains("\"@") ? "x" : " ";
    byte[] mebibyte = filling.repeat(MEBIBYTE).getBytes(StandardCharsets.US_ASCII);
    try (BufferedSink gzip = Okio.buffer(new GzipSink(bomb))) {
      gzip.writeUtf8(start.replace("@", ""));
      for (int i = 0; i < 200; i++) {
        gzip.write(mebibyte);
      }
    }
    assertThat(bomb.size()).isLessThan(300_000);
    return bomb;
  }

  /** Exits with 0 where a listing fails as it should. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws Exception {
      ListingRequest request =
          new ListingRequest(
              "a project",
              URI.create(arguments[0]),
              "p",
              new Credentials.None(),
              null,
              ServiceQuery.everything(1000),
              Duration.ofSeconds(30));
      try (CloudCatalog catalog =
          CloudCatalog.create(
              EndpointRules.anything(),
              new CloudCatalog.Clocks(InstantSource.system(), System::nanoTime),
              () -> 0.5,
              RequestObserver.NONE,
              CloudFixture.NOWHERE)) {
        catalog.list(request);
        System.exit(3);
      } catch (SyncFailure e) {
        System.out.println(e.getMessage());
        System.exit(e.reason() == FailureReason.INVALID_RESPONSE ? 0 : 4);
      }
    }
  }
}
