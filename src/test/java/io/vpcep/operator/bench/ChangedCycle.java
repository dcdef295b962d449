package io.vpcep.operator.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.simulator.SimulatedService;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One service in a hundred changes, and a sync is asked for at once. */
final class ChangedCycle {
  private static final int ROUNDS = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final List<Row> rows = new ArrayList<>();

  /** Medians of some rounds; milliseconds from the change until a watch shows it. */
  private record Row(int services, int changed, double writes, double first, double last) {}

  private record Round(double writes, double first, double last) {}

  /** Notes when it saw which services. */
  private static final class Sighting implements Watcher<VpcEndpointService> {
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private volatile long first;
    private volatile long last;

    @Override
    public void eventReceived(Action action, VpcEndpointService service) {
      long now = System.nanoTime();
      if (action == Action.MODIFIED && seen.add(service.getMetadata().getName())) {
        first = seen.size() == 1 ? now : first;
        last = now;
      }
    }

    @Override
    public void onClose(WatcherException cause) {
      seen.clear();
    }
  }

  void measure(Mirrored mirrored) throws IOException, InterruptedException {
    List<SimulatedService> changing =
        mirrored.cloud().services(mirrored.projectId()).subList(0, mirrored.services() / 100);
    List<Round> rounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      mirrored.awaitCycles(1);
      rounds.add(round(mirrored, changing, 1_000_000 + round));
    }
    rows.add(
        new Row(
            mirrored.services(),
            changing.size(),
            new Samples(rounds.stream().map(Round::writes).toList()).median(),
            new Samples(rounds.stream().map(Round::first).toList()).median(),
            new Samples(rounds.stream().map(Round::last).toList()).median()));
  }

  private static Round round(Mirrored mirrored, List<SimulatedService> changing, int connections)
      throws IOException, InterruptedException {
    Sighting sighting = new Sighting();
    long writes = mirrored.stage().serviceWrites();
    Watch watch = watch(mirrored, sighting);
    try {
      changing.forEach(
          service ->
              mirrored.cloud().setConnectionCount(mirrored.projectId(), service.id(), connections));
      long begin = System.nanoTime();
      requestSync(mirrored, String.valueOf(connections));
      Patience.until(PATIENCE, Duration.ofMillis(5), () -> sighting.seen.size() == changing.size());
      mirrored.awaitCycles(1);
      return new Round(
          mirrored.stage().serviceWrites() - writes,
          (sighting.first - begin) / 1e6,
          (sighting.last - begin) / 1e6);
    } finally {
      watch.close();
    }
  }

  /** Without what is there already. */
  private static Watch watch(Mirrored mirrored, Sighting sighting) throws IOException {
    String services =
        "/apis/vpcep.io/v1alpha1/namespaces/%s/vpcendpointservices?limit=1"
            .formatted(mirrored.namespace());
    String version =
        new ObjectMapper()
            .readTree(mirrored.stage().admin().raw(services))
            .at("/metadata/resourceVersion")
            .asText();
    return mirrored
        .stage()
        .admin()
        .resources(VpcEndpointService.class)
        .inNamespace(mirrored.namespace())
        .withResourceVersion(version)
        .watch(sighting);
  }

  private static void requestSync(Mirrored mirrored, String request) {
    mirrored
        .stage()
        .admin()
        .resources(VpcEndpointProject.class)
        .inNamespace(mirrored.namespace())
        .withName("prod")
        .edit(
            project -> {
              project.getMetadata().setAnnotations(Map.of(Labels.REQUESTED_AT, request));
              return project;
            });
  }

  void report(Report report) throws IOException {
    report.section(
        "Cycle in which 1 % changed",
        "One service in a hundred changes, and a sync is asked for by annotation. Milliseconds from"
            + " the change until a watch shows it; medians of "
            + ROUNDS
            + ".");
    Table table =
        new Table("services", "changed", "writes to services", "first seen, ms", "last seen, ms");
    for (Row row : rows) {
      table.row(row.services(), row.changed(), row.writes(), row.first(), row.last());
    }
    report.table(table);
    for (Row row : rows) {
      report.target(
          Target.atMost(
              "1 % of " + row.services() + " changed", row.writes(), row.changed(), "writes"));
    }
  }
}
