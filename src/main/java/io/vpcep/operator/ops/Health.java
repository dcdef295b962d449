package io.vpcep.operator.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the process works (liveness: if not, it is to be started again) and whether it can do its
 * part (readiness). The answers look like those of {@code /livez?verbose} of kube-apiserver.
 *
 * <p>A check that turns is logged once, since a kubelet that restarts a container keeps only the
 * status code.
 */
public final class Health {
  private static final Logger log = LoggerFactory.getLogger(Health.class);
  private static final int LONGEST_REASON = 300;

  private final List<HealthCheck> liveness;
  private final List<HealthCheck> readiness;
  private final Map<HealthCheck, String> failing = new ConcurrentHashMap<>();

  /**
   * Health by these checks.
   *
   * @throws IllegalArgumentException if there is no check of either kind: an endpoint that cannot
   *     fail says nothing
   */
  public Health(List<HealthCheck> liveness, List<HealthCheck> readiness) {
    if (liveness.isEmpty() || readiness.isEmpty()) {
      throw new IllegalArgumentException("liveness and readiness need at least one check each");
    }
    this.liveness = List.copyOf(liveness);
    this.readiness = List.copyOf(readiness);
  }

  /** Asks every liveness check. */
  public Report live() {
    return report(liveness);
  }

  /** Asks every readiness check. */
  public Report ready() {
    return report(readiness);
  }

  /**
   * What the checks said.
   *
   * @param healthy no check failed
   * @param lines one a check: {@code [+]mirror ok} or {@code [-]mirror failed: reason}
   */
  public record Report(boolean healthy, List<String> lines) {
    /** Copies the list. */
    public Report {
      lines = List.copyOf(lines);
    }
  }

  private Report report(List<HealthCheck> checks) {
    List<String> lines = new ArrayList<>();
    boolean healthy = true;
    for (HealthCheck check : checks) {
      Optional<String> problem = problem(check);
      healthy &= problem.isEmpty();
      lines.add(
          problem
              .map(reason -> "[-]" + check.name() + " failed: " + reason)
              .orElse("[+]" + check.name() + " ok"));
      logTurn(check, problem);
    }
    return new Report(healthy, lines);
  }

  private static Optional<String> problem(HealthCheck check) {
    try {
      return check.probe().problem().map(Health::oneLine);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    } catch (Exception e) {
      return Optional.of(oneLine(e.toString()));
    }
  }

  private static String oneLine(String reason) {
    String line = reason.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "..." : line;
  }

  private void logTurn(HealthCheck check, Optional<String> problem) {
    boolean failedBefore =
        problem.isPresent()
            ? failing.put(check, problem.get()) != null
            : failing.remove(check) != null;
    if (problem.isPresent() && !failedBefore) {
      log.atWarn()
          .addKeyValue("check", check.name())
          .addKeyValue("reason", problem.get())
          .log("health check fails");
    } else if (problem.isEmpty() && failedBefore) {
      log.atInfo().addKeyValue("check", check.name()).log("health check passes again");
    }
  }
}
