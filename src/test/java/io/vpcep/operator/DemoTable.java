package io.vpcep.operator;

import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import java.io.PrintStream;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Prints a row for each service, and another whenever it changes, as kubectl get --watch does. */
final class DemoTable implements Watcher<VpcEndpointService> {
  private static final String ROW = "%-8s  %-9s  %-38s  %-12s  %11s  %-8s  %s%n";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final PrintStream out;
  private final InstantSource clock;

  DemoTable(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
    out.printf(ROW, "TIME", "EVENT", "SERVICE", "AVAILABILITY", "CONNECTIONS", "READY", "PORTS");
  }

  @Override
  public void eventReceived(Action action, VpcEndpointService service) {
    VpcEndpointServiceStatus status = service.getStatus();
    if (action == Action.BOOKMARK || status == null) {
      // Created, and its status follows in a moment.
      return;
    }
    out.printf(
        ROW,
        TIME.format(LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault())),
        event(action),
        cut(status.serviceName()),
        status.availability(),
        status.connectionCount(),
        status.conditions().get(0).reason().equals("NotFound") ? "NotFound" : ready(status),
        status.portSummary());
    out.flush();
  }

  private static String ready(VpcEndpointServiceStatus status) {
    return status.conditions().get(0).status();
  }

  private static String event(Action action) {
    return action == Action.DELETED ? "pruned" : "mirrored";
  }

  private static String cut(String name) {
    return name == null || name.length() <= 38 ? name : name.substring(0, 37) + "…";
  }

  @Override
  public void onClose(WatcherException cause) {
    out.println("The watch ended: " + cause.getMessage());
  }
}
