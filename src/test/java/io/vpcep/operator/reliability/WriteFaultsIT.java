package io.vpcep.operator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.kube.ApiServer;
import io.vpcep.operator.simulator.SimulatedService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Kubernetes API fails, refuses, delays or cuts off writes. One operator goes through all of
 * it, says what is wrong, and has the mirror right again without a restart.
 */
class WriteFaultsIT {
  private static final int SERVICES = 8;
  private static final String WRITE_FAILED = "WriteFailed";
  private static final Reaction OTHERS_WERE_FASTER =
      Reaction.refuse(409, "the object has been modified");

  private static Sandbox sandbox;

  @BeforeAll
  static void mirror() {
    ApiServer.require();
    sandbox = Sandbox.impatient(SERVICES);
    sandbox.startOperator();
    sandbox.createProject(sandbox.spec());
    sandbox.awaitSynced();
    sandbox.assertMirrored();
  }

  @AfterAll
  static void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  @AfterEach
  void everythingIsWellAgain() {
    sandbox.proxy().behave();
    sandbox.sync();
    sandbox.assertMirrored();
  }

  private static boolean writesServices(ApiRequest request) {
    return request.writes(ApiRequest.SERVICES);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(Reaction.refuse(403, "admission webhook denied the request"), "403 admission"),
        Arguments.of(Reaction.refuse(422, "status is invalid"), "422 status"),
        Arguments.of(Reaction.refuse(429, "too many requests"), "429 too many"),
        Arguments.of(Reaction.refuse(500, "etcdserver: request timed out"), "500 etcdserver"),
        Arguments.of(Reaction.refuse(503, "apiserver is shutting down"), "503 apiserver"),
        Arguments.of(Reaction.refuse(504, "webhook timed out"), "504 webhook"),
        Arguments.of(Reaction.CUT_BEFORE, "no answer"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void saysWhatTheServerSaidAndWritesWhenItIsWell(Reaction reaction, String said) {
    sandbox.changeEverything();
    sandbox.proxy().react(WriteFaultsIT::writesServices, reaction);

    Condition ready = sandbox.syncFails(WRITE_FAILED);

    assertThat(ready.status()).isEqualTo(Condition.FALSE);
    assertThat(ready.message()).contains("and 7 more").contains(said);
  }

  @Test
  void writesTheOthersWhereOneIsRefused() {
    sandbox.changeEverything();
    String refused = sandbox.listed().get(3).id();
    long writes = sandbox.count(WriteFaultsIT::writesServices);
    sandbox
        .proxy()
        .react(
            request -> writesServices(request) && request.isAbout(refused),
            Reaction.refuse(403, "denied"));

    Condition ready = sandbox.syncFails(WRITE_FAILED);

    assertThat(ready.message()).contains(refused, "403 denied").doesNotContain("more");
    assertThat(sandbox.count(WriteFaultsIT::writesServices)).isEqualTo(writes + SERVICES - 1);
  }

  /** One that came back sooner would be refused three times, and given up. */
  @Test
  void comesBackWhenTheServerAskedItTo() {
    sandbox.changeEverything();
    Duration asked = Duration.ofSeconds(1);
    AtomicLong first = new AtomicLong();
    AtomicInteger refused = new AtomicInteger();
    sandbox
        .proxy()
        .follow(
            request -> {
              long now = System.nanoTime();
              if (!writesServices(request)) {
                return Reaction.FORWARD;
              }
              first.compareAndSet(0, now);
              if (now - first.get() >= asked.toNanos()) {
                return Reaction.FORWARD;
              }
              refused.incrementAndGet();
              return new Reaction.Refuse(429, "1", "slow down");
            });

    sandbox.sync();

    assertThat(refused.get()).isBetween(1, SERVICES);
    assertThat(busy()).isPositive();
  }

  private static double busy() {
    return Metrics.sum(
        sandbox.operator(), "vpcep_writes_total\\{result=\"busy\",verb=\"[a-z_]+\"\\}");
  }

  @Test
  void syncsAgainWithinSecondsWhereOthersWereFaster() {
    sandbox.changeEverything();
    AtomicInteger refused = new AtomicInteger();
    sandbox
        .proxy()
        .follow(
            request ->
                writesServices(request) && refused.incrementAndGet() <= SERVICES
                    ? OTHERS_WERE_FASTER
                    : Reaction.FORWARD);

    sandbox.sync();

    sandbox.assertMirrored();
    assertThat(superseded()).isGreaterThanOrEqualTo(SERVICES);
  }

  @Test
  void saysThatOthersAreFasterEachTime() {
    sandbox.changeEverything();
    sandbox.proxy().react(WriteFaultsIT::writesServices, OTHERS_WERE_FASTER);

    Condition ready = sandbox.syncFails(WRITE_FAILED);

    assertThat(ready.message()).contains(SERVICES + " VpcEndpointServices", "409");
  }

  private static double superseded() {
    return Metrics.sum(
        sandbox.operator(), "vpcep_writes_total\\{result=\"superseded\",verb=\"[a-z_]+\"\\}");
  }

  @Test
  void givesUpOnWritesThatHang() {
    sandbox.changeEverything();
    CountDownLatch released = new CountDownLatch(1);
    sandbox
        .proxy()
        .follow(
            request -> {
              if (!writesServices(request)) {
                return Reaction.FORWARD;
              }
              hold(released, Long.MAX_VALUE);
              return Reaction.CUT_BEFORE;
            });

    Condition ready = sandbox.syncFails(WRITE_FAILED);

    released.countDown();
    assertThat(ready.message()).contains("no answer");
  }

  @Test
  void waitsForASlowWebhook() {
    sandbox.changeEverything();
    CountDownLatch never = new CountDownLatch(1);
    sandbox
        .proxy()
        .follow(
            request -> {
              if (writesServices(request)) {
                hold(never, 500);
              }
              return Reaction.FORWARD;
            });

    sandbox.sync();

    sandbox.assertMirrored();
  }

  /** Holds a request back until it is released, or for a time at most. */
  private static void hold(CountDownLatch released, long millis) {
    try {
      released.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** It cannot know; the watch shows it, and nothing is written twice. */
  @Test
  void findsWhatWasWrittenUnheard() {
    sandbox.changeEverything();
    sandbox.proxy().react(WriteFaultsIT::writesServices, Reaction.CUT_AFTER);
    long writes = sandbox.count(WriteFaultsIT::writesServices);

    String request = sandbox.request();
    sandbox.awaitStatus(status -> request.equals(status.lastHandledRequest()));

    sandbox.proxy().behave();
    sandbox.until(
        () -> {
          sandbox.sync();
          return sandbox.count(WriteFaultsIT::writesServices) >= writes + SERVICES;
        });
    sandbox.assertMirrored();
    assertThat(sandbox.count(write -> writesServices(write) && write.method().equals("POST")))
        .isEqualTo(SERVICES);
  }

  @Test
  void saysThatTheQuotaIsUsedUp() {
    ResourceQuota quota = quota(SERVICES);
    SimulatedService created = sandbox.cloud().createService(sandbox.projectId());

    Condition ready = sandbox.syncFails(WRITE_FAILED);

    sandbox.admin().resource(quota).delete();
    assertThat(ready.message()).contains(created.id(), "403", "exceeded quota");
    sandbox.until(
        () -> {
          String request = sandbox.request();
          return Ready.is(
              sandbox.awaitStatus(status -> request.equals(status.lastHandledRequest())),
              Sandbox.SYNCED);
        });
    sandbox.assertMirrored();
    sandbox.cloud().removeService(sandbox.projectId(), created.id());
    sandbox.sync();
    sandbox.sync();
  }

  /** Without a controller, what is used is written by hand. */
  private static ResourceQuota quota(int hard) {
    Map<String, Quantity> amount =
        Map.of("count/vpcendpointservices.vpcep.io", new Quantity(String.valueOf(hard)));
    ResourceQuota quota =
        new ResourceQuotaBuilder()
            .withNewMetadata()
            .withNamespace(sandbox.namespace())
            .withName("few")
            .endMetadata()
            .withNewSpec()
            .withHard(amount)
            .endSpec()
            .build();
    ResourceQuota created = sandbox.admin().resource(quota).create();
    created.setStatus(
        new ResourceQuotaBuilder()
            .withNewStatus()
            .withHard(amount)
            .withUsed(amount)
            .endStatus()
            .build()
            .getStatus());
    return sandbox.admin().resource(created).updateStatus();
  }

  @Test
  void writesTheStatusOfTheProjectThatCouldNotBeWritten() {
    sandbox.changeEverything();
    AtomicInteger refused = new AtomicInteger();
    sandbox
        .proxy()
        .follow(
            request ->
                request.writes(ApiRequest.PROJECTS) && refused.incrementAndGet() <= 1
                    ? Reaction.refuse(500, "etcdserver: leader changed")
                    : Reaction.FORWARD);

    sandbox.sync();

    assertThat(refused.get()).isGreaterThanOrEqualTo(2);
    sandbox.assertMirrored();
  }

  @Test
  void mirrorsThoughEventsAreRefused() {
    sandbox.changeEverything();
    sandbox
        .proxy()
        .react(request -> request.isAbout(ApiRequest.EVENTS), Reaction.refuse(403, "forbidden"));

    sandbox.sync();

    sandbox.assertMirrored();
  }
}
