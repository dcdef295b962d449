package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.CloudFixture.error;
import static io.vpcep.operator.cloud.CloudFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Dns;

/**
 * A query API whose pages need a token, the identity service that gives it, and a catalog whose
 * clock tests set.
 */
final class LoginFixture implements AutoCloseable {
  static final int TOTAL = 9;

  final TestClock clock = new TestClock();
  final AtomicInteger pages = new AtomicInteger();
  final ExecutorService threads = Executors.newCachedThreadPool();
  final CloudFixture cloud;
  final FakeIam iam;

  /** The page, of all that are asked for, before which the tokens given so far turn void. */
  volatile int voidBefore = Integer.MAX_VALUE;

  LoginFixture() throws Exception {
    cloud =
        new CloudFixture(
                EndpointRules.anything(),
                Dns.SYSTEM,
                Duration.ofSeconds(10),
                clock.clocks(),
                CloudFixture.NOWHERE)
            .started();
    iam = new FakeIam(clock).started();
    cloud.server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return page(request);
          }
        });
  }

  @Override
  public void close() {
    threads.shutdownNow();
    cloud.close();
    iam.close();
  }

  private MockResponse page(RecordedRequest request) {
    if (pages.incrementAndGet() == voidBefore) {
      iam.valid.clear();
    }
    String token = request.getHeaders().get("X-Auth-Token");
    if (token == null || !iam.valid.contains(token)) {
      return error(401, "{\"error_code\":\"APIGW.0301\",\"error_msg\":\"no token\"}").build();
    }
    String offset = request.getUrl().queryParameter("offset");
    int from = offset == null ? 0 : Integer.parseInt(offset);
    return json(Pages.json(from, Math.min(from + 2, TOTAL), TOTAL)).build();
  }

  ListingRequest request(String password, String projectId, Duration timeout) {
    return new ListingRequest(
        "a project",
        cloud.endpoint("127.0.0.1"),
        projectId,
        new Credentials.Login("user", password, "domain", iam.endpoint()),
        null,
        ServiceQuery.everything(2),
        timeout);
  }

  ListingRequest request() {
    return request("s3cret", "p1", Duration.ofSeconds(20));
  }

  SyncFailure failure() {
    return cloud.failure(request());
  }

  /** So many listings at the same time; what came of each. */
  List<Object> together(int number, Callable<Snapshot> listing) throws Exception {
    CyclicBarrier start = new CyclicBarrier(number);
    List<Future<Object>> running =
        IntStream.range(0, number)
            .mapToObj(
                i ->
                    threads.submit(
                        () -> {
                          start.await();
                          try {
                            return (Object) listing.call();
                          } catch (SyncFailure e) {
                            return e;
                          }
                        }))
            .toList();
    List<Object> outcomes = new ArrayList<>();
    for (Future<Object> listed : running) {
      outcomes.add(listed.get());
    }
    return outcomes;
  }

  static int size(Object outcome) {
    assertThat(outcome).isInstanceOf(Snapshot.class);
    return ((Snapshot) outcome).services().size();
  }
}
