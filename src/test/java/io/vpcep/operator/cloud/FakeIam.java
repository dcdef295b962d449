package io.vpcep.operator.cloud;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** An identity service on a real socket: gives the tokens T1, T2 and so on for one password. */
final class FakeIam implements AutoCloseable {
  final MockWebServer server = new MockWebServer();

  /** The tokens that the query API takes. */
  final Set<String> valid = ConcurrentHashMap.newKeySet();

  /** Answered before anything else, each once. */
  final Queue<MockResponse> scripted = new ConcurrentLinkedQueue<>();

  private final InstantSource clock;
  private final AtomicInteger issued = new AtomicInteger();

  /** As JSON writes it. */
  volatile String password = "s3cret";

  volatile Duration lifetime = Duration.ofHours(24);

  /** Opens before an answer leaves. */
  volatile CountDownLatch gate = new CountDownLatch(0);

  FakeIam(InstantSource clock) {
    this.clock = clock;
  }

  FakeIam started() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            gate.await();
            MockResponse next = scripted.poll();
            return next == null ? answer(request) : next;
          }
        });
    server.start(InetAddress.getByName("127.0.0.1"), 0);
    return this;
  }

  private MockResponse answer(RecordedRequest request) {
    String body = request.getBody().utf8();
    if (!body.contains("\"password\":\"" + password + "\"")) {
      return CloudFixture.error(
              401,
              "{\"error\":{\"code\":401,\"message\":\"no such user: %s\",\"title\":\"Unauthorized\"}}"
                  .formatted(body.replace("\\", "\\\\").replace("\"", "\\\"")))
          .addHeader("X-Request-Id", "iam-1")
          .build();
    }
    String token = "T" + issued.incrementAndGet();
    valid.add(token);
    Instant expires = clock.instant().plus(lifetime).plusNanos(123_456_000);
    return CloudFixture.json("{\"token\":{\"expires_at\":\"%s\"}}".formatted(expires))
        .code(201)
        .addHeader("X-Subject-Token", token)
        .build();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  int calls() {
    return server.getRequestCount();
  }

  @Override
  public void close() {
    gate.countDown();
    server.close();
  }
}
