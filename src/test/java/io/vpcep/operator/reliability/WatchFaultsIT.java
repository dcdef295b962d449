package io.vpcep.operator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.kube.ApiServer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Watches and lists of the operator fail. One operator goes through all of it, and after each
 * notices again what others do to the mirror.
 */
class WatchFaultsIT {
  private static final int SERVICES = 10;

  /** Of the projects, and of the services. */
  private static final int WATCHES = 2;

  private static Sandbox sandbox;

  @BeforeAll
  static void mirror() {
    ApiServer.require();
    sandbox = Sandbox.impatient(SERVICES);
    sandbox.startOperator();
    sandbox.createProject(sandbox.spec());
    sandbox.awaitSynced();
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
  }

  private static void awaitWatches() {
    sandbox.until(() -> sandbox.proxy().watches() >= WATCHES);
  }

  @Test
  void watchesAgainWhenWatchesEnd() {
    awaitWatches();

    sandbox.proxy().closeWatches();

    sandbox.assertRepairs();
    awaitWatches();
  }

  static Stream<Reaction> refusals() {
    return Stream.of(
        Reaction.expire(),
        Reaction.refuse(410, "too old resource version"),
        Reaction.refuse(403, "forbidden"),
        new Reaction.Refuse(429, "1", "too many requests"),
        Reaction.refuse(503, "starting"),
        Reaction.CUT_BEFORE);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void watchesAgainWhenWatchesWereRefused(Reaction reaction) {
    awaitWatches();
    AtomicInteger refused = new AtomicInteger();
    sandbox
        .proxy()
        .follow(
            request ->
                request.isWatch() && refused.incrementAndGet() <= WATCHES
                    ? reaction
                    : Reaction.FORWARD);

    sandbox.proxy().closeWatches();

    sandbox.until(() -> refused.get() >= WATCHES);
    sandbox.assertRepairs();
    awaitWatches();
    assertThat(Metrics.status(sandbox.operator(), "/livez")).isEqualTo(200);
  }

  @Test
  void watchesAgainWhenWatchesAreSilent() {
    awaitWatches();

    sandbox.proxy().silenceWatches();

    sandbox.assertRepairs();
  }

  /** A new list is needed after a 410, and that fails in every way first. */
  @Test
  void listsAgainUntilAListComes() {
    awaitWatches();
    AtomicInteger lists = new AtomicInteger();
    Reaction[] troubles = {Reaction.refuse(500, "etcdserver: no leader"), Reaction.CUT_HALFWAY};
    sandbox.proxy().follow(request -> listTrouble(request, lists, troubles));

    sandbox.proxy().closeWatches();

    sandbox.until(() -> lists.get() >= troubles.length);
    sandbox.proxy().behave();
    sandbox.assertRepairs();
    awaitWatches();
  }

  private static Reaction listTrouble(
      ApiRequest request, AtomicInteger lists, Reaction[] troubles) {
    if (request.isWatch() && request.isAbout(ApiRequest.SERVICES)) {
      return lists.get() < troubles.length ? Reaction.expire() : Reaction.FORWARD;
    }
    boolean list = request.method().equals("GET") && request.target().contains("limit=");
    if (!list || !request.isAbout(ApiRequest.SERVICES)) {
      return Reaction.FORWARD;
    }
    int number = lists.getAndIncrement();
    return number < troubles.length ? troubles[number] : Reaction.FORWARD;
  }
}
