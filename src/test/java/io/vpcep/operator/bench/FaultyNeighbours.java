package io.vpcep.operator.bench;

import io.vpcep.operator.reliability.ApiRequest;
import io.vpcep.operator.reliability.FaultProxy;
import io.vpcep.operator.reliability.Reaction;
import io.vpcep.operator.simulator.Churn;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What projects that are well notice of the Kubernetes API failing in the writes of others, as an
 * admission webhook or a quota of one namespace makes it. Both kinds have something to write all
 * the time.
 */
final class FaultyNeighbours {
  private static final int SERVICES = 20;

  /** More than the operator has requests to the API server under way at a time. */
  private static final int FAILING = 80;

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration SLOW = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String NONE = "none";

  private final Stage stage;
  private final int projects;
  private final Duration observed;
  private final Map<String, FaultProxy.Rule> faults = faults();

  FaultyNeighbours(Stage stage, boolean quick) {
    this.stage = stage;
    this.projects = quick ? 20 : 40;
    this.observed = Duration.ofSeconds(quick ? 20 : 40);
  }

  private static Map<String, FaultProxy.Rule> faults() {
    Map<String, FaultProxy.Rule> faults = new LinkedHashMap<>();
    faults.put(NONE, request -> Reaction.FORWARD);
    faults.put("403, a quota", request -> Reaction.refuse(403, "exceeded quota"));
    faults.put("400, a webhook denies", request -> Reaction.refuse(400, "denied the request"));
    faults.put("429, Retry-After 2", request -> new Reaction.Refuse(429, "2", "slow down"));
    faults.put("500", request -> Reaction.refuse(500, "etcdserver: no leader"));
    faults.put("503", request -> Reaction.refuse(503, "the server is unavailable"));
    faults.put("connection cut", request -> Reaction.CUT_BEFORE);
    faults.put("answer after 3 s", request -> after(SLOW, Reaction.FORWARD));
    faults.put("no answer", request -> after(PATIENCE, Reaction.CUT_BEFORE));
    return faults;
  }

  private static Reaction after(Duration delay, Reaction reaction) {
    try {
      new CountDownLatch(1).await(delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return reaction;
  }

  void run(Report report) throws IOException, InterruptedException {
    String well = stage.newNamespace();
    String faulty = stage.newNamespace();
    Map<String, Samples> rows = new LinkedHashMap<>();
    try (Simulator cloud = cloud(projects);
        Simulator other = cloud(FAILING);
        FaultProxy proxy = FaultProxy.ofApiServer(stage.admin().getConfiguration());
        OperatorUnderTest operator =
            OperatorUnderTest.ready(stage.launch(well, faulty).through(proxy.url()))) {
      create(well, cloud, projects);
      create(faulty, other, FAILING);
      for (String fault : faults.keySet()) {
        awaitSynced(well, projects);
        awaitSynced(faulty, FAILING);
        proxy.follow(
            request ->
                request.writes(ApiRequest.SERVICES) && request.isAbout(faulty)
                    ? faults.get(fault).to(request)
                    : Reaction.FORWARD);
        rows.put(fault, observe(cloud));
        operator.checkAlive();
        proxy.behave();
      }
    }
    stage.empty(well);
    stage.empty(faulty);
    report(report, rows);
  }

  /** Each project changes every second or so. */
  private static Simulator cloud(int projects) {
    SimulatorOptions options = SimulatorOptions.defaults().withSize(projects, SERVICES);
    Churn churn = new Churn(projects, Duration.ofSeconds(1));
    return Simulator.start(options.withChurn(churn), InstantSource.system());
  }

  private void create(String namespace, Simulator cloud, int count) {
    for (int i = 0; i < count; i++) {
      String id = cloud.projectIds().get(i);
      String every = INTERVAL.toSeconds() + "s";
      stage.createProject(namespace, "p" + i, new Stage.Source(cloud.baseUrl(), id, every));
    }
  }

  private void awaitSynced(String namespace, int count) throws InterruptedException {
    Patience.until(PATIENCE, Duration.ofMillis(500), () -> stage.synced(namespace) == count);
  }

  /** Seconds between two syncs of a project. */
  private Samples observe(Simulator cloud) throws InterruptedException {
    // The fault is on when the first of what it delays is under way.
    Patience.pause(INTERVAL.multipliedBy(2));
    try (ListingTimes times = new ListingTimes(cloud)) {
      Patience.pause(observed);
      return times.gaps();
    }
  }

  private void report(Report report, Map<String, Samples> rows) throws IOException {
    report.section(
        "Neighbours of faults",
        """
        %d projects of %d services at an interval of %d s, each with a change about every second, beside \
        %d in another namespace whose writes the Kubernetes API fails. Seconds between \
        two syncs of the projects that are well.\
        """
            .formatted(projects, SERVICES, INTERVAL.toSeconds(), FAILING));
    Table table = new Table("fault", "median", "99th percentile", "longest");
    BarPlot bars = new BarPlot("Between two syncs of a neighbour, 99th percentile", "s");
    rows.forEach(
        (fault, gaps) -> {
          table.row(fault, gaps.median(), gaps.quantile(0.99), gaps.max());
          bars.bar("", fault, gaps.quantile(0.99));
        });
    report.table(table);
    Map<String, Samples> faulty = new HashMap<>(rows);
    double usual = faulty.remove(NONE).quantile(0.99);
    double worst =
        faulty.values().stream().mapToDouble(gaps -> gaps.quantile(0.99)).max().orElseThrow();
    report.target(
        Target.atMost("neighbours of faults, 99th percentile", worst / usual, 1.1, "times"));
    report.plot("faulty-neighbours", bars);
  }
}
