package io.vpcep.operator.cloud;

import com.fasterxml.jackson.core.JsonParser;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import io.vpcep.operator.sync.Recognizer;
import io.vpcep.operator.sync.SyncFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reading a page of 1,000 services, as the simulator writes it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PageParsingBenchmark {
  private static final int SERVICES = 1000;

  private byte[] body;

  /** Gets one page. */
  @Setup
  public void download() throws IOException {
    try (Simulator cloud =
        Simulator.start(
            SimulatorOptions.defaults().withSize(1, SERVICES), InstantSource.system())) {
      String page =
          "%s/v1/%s/vpc-endpoint-services?limit=%d"
              .formatted(cloud.baseUrl(), cloud.projectIds().get(0), SERVICES);
      try (InputStream in = URI.create(page).toURL().openStream()) {
        body = in.readAllBytes();
      }
    }
  }

  /** Into services, all of them read. */
  @Benchmark
  public int parsePage() throws SyncFailure, IOException {
    return PageParser.parse(new ByteArrayInputStream(body), Recognizer.NONE).services().size();
  }

  /** No further than to tell that each is known already, which is all that a quiet cycle does. */
  @Benchmark
  public long recognizePage() throws SyncFailure, IOException {
    long[] digests = new long[1];
    Recognizer knowing =
        service -> {
          digests[0] += service.digest();
          return Optional.of(service.id());
        };
    PageParser.parse(new ByteArrayInputStream(body), knowing);
    return digests[0];
  }

  /** The same JSON, looked at token by token and kept nowhere: what cannot be undercut. */
  @Benchmark
  public int tokenizePage() throws IOException {
    int tokens = 0;
    try (JsonParser json = Json.parser(body)) {
      while (json.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }
}
