package io.vpcep.operator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.vpcep.operator.OperatorProcess;
import io.vpcep.operator.kube.ApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two operators where one should be: the mirror is the same, and a loser of the lease is silent.
 */
class TwoWritersIT {
  private static final String LEASE = "two-writers";

  @TempDir private Path directory;

  @BeforeAll
  static void requireServer() {
    ApiServer.require();
  }

  @Test
  void twoThatWriteAtATimeEndInTheSameStateAsOne() {
    Scenario.Outcome one = run(1);

    Scenario.Outcome two = run(2);

    assertThat(two.phases()).isEqualTo(one.phases());
    assertThat(two.afterDeletion()).isEqualTo(one.afterDeletion());
    assertThat(two.quietServiceWrites()).isZero();
  }

  private static Scenario.Outcome run(int operators) {
    try (Sandbox sandbox = new Sandbox(Scenario.SERVICES)) {
      for (int i = 0; i < operators; i++) {
        sandbox.startOperator();
      }
      return new Scenario(sandbox).run();
    }
  }

  /** A sandbox whose operators are processes that elect a leader. */
  private Sandbox electing(Processes processes) {
    Cluster shared = Cluster.shared();
    Sandbox sandbox =
        new Sandbox(10, processes, new Cluster(shared.admin(), shared.admin().getConfiguration()));
    processes.with("POD_NAMESPACE", sandbox.namespace());
    return sandbox;
  }

  private Processes processes() {
    return new Processes(
        directory, Map.of("VPCEP_LEADER_ELECTION", "true", "VPCEP_LEASE_NAME", LEASE));
  }

  private static Lease lease(Sandbox sandbox) {
    return sandbox.admin().leases().inNamespace(sandbox.namespace()).withName(LEASE).get();
  }

  private static String holder(Sandbox sandbox) {
    Lease lease = lease(sandbox);
    return lease == null ? null : lease.getSpec().getHolderIdentity();
  }

  @Test
  void aLeaderThatWasPausedWritesNothingOnceAnotherLeads() throws Exception {
    Processes processes = processes();
    try (Sandbox sandbox = electing(processes)) {
      FaultProxy first = sandbox.startOperator();
      OperatorProcess paused = processes.last();
      sandbox.createProject(sandbox.spec(sandbox.cloud().baseUrl().toString(), "5s", null, null));
      sandbox.awaitSynced();
      sandbox.startOperator();
      processes.last().awaitReady();
      String leader = holder(sandbox);
      signal("STOP", paused);
      sandbox.until(() -> !leader.equals(holder(sandbox)));
      sandbox.changeEverything();
      sandbox.sync();
      sandbox.changeEverything();
      long writes = first.count(ApiRequest::writesOurs);

      signal("CONT", paused);

      sandbox.until(() -> !paused.isAlive());
      assertThat(paused.exitValue()).isEqualTo(1);
      assertThat(paused.output()).contains("The lease is lost");
      assertThat(first.count(ApiRequest::writesOurs)).isEqualTo(writes);
      sandbox.sync();
      sandbox.assertMirrored();
    }
  }

  private static void signal(String name, OperatorProcess process)
      throws IOException, InterruptedException {
    String pid = String.valueOf(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  @Test
  void oneGoesOnWhenTheLeaseIsDeleted() {
    Processes processes = processes();
    try (Sandbox sandbox = electing(processes)) {
      sandbox.startOperator();
      sandbox.createProject(sandbox.spec());
      sandbox.awaitSynced();
      Lease before = lease(sandbox);
      sandbox.changeEverything();

      sandbox.admin().resource(before).delete();

      sandbox.until(() -> lease(sandbox) != null);
      sandbox.sync();
      sandbox.assertMirrored();
      assertThat(processes.last().isAlive()).isTrue();
      assertThat(holder(sandbox)).isEqualTo(before.getSpec().getHolderIdentity());
    }
  }
}
