package io.vpcep.operator;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.vpcep.operator.config.InvalidSettings;
import io.vpcep.operator.config.OperatorConfig;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.simulator.Churn;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The whole thing on one machine: a simulated cloud that changes, a Kubernetes API, and the
 * operator between them. Ends after {@code -Ddemo.seconds}, or with Ctrl-C.
 */
final class Demo {
  private Demo() {}

  /** Ends the JVM in every case: threads of the servers would keep it alive. */
  public static void main(String[] args) {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      show();
      System.exit(0);
    } catch (Exception e) {
      System.err.println("The demo cannot run: " + e);
      System.exit(1);
    }
  }

  private static void show() throws IOException, InvalidSettings, InterruptedException {
    Duration duration = Duration.ofSeconds(Long.getLong("demo.seconds", Long.MAX_VALUE / 2000));
    Churn churn = Churn.parse("40/min");
    SimulatorOptions cloud = SimulatorOptions.defaults().withSize(1, 12).withChurn(churn);
    System.out.println("Starting a simulated cloud, a Kubernetes API and the operator ...");
    try (Simulator simulator = Simulator.start(cloud, Environment.time().clock());
        DemoCluster cluster = DemoCluster.start()) {
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
      run(simulator, cluster, duration);
    }
  }

  private static void run(Simulator simulator, DemoCluster cluster, Duration duration)
      throws IOException, InvalidSettings, InterruptedException {
    OperatorConfig config =
        OperatorConfig.read(
            Map.of(
                "VPCEP_HTTP_PORT", "0",
                "VPCEP_LEADER_ELECTION", "false",
                "VPCEP_ALLOW_INSECURE_ENDPOINTS", "true"));
    try (OperatorAssembly operator =
        OperatorAssembly.start(
            config, cluster.client().getConfiguration(), Environment.time(), () -> {})) {
      introduce(simulator, cluster, operator);
      DemoTable table = new DemoTable(System.out, Environment.time().clock());
      Watch watch =
          cluster
              .client()
              .resources(VpcEndpointService.class)
              .inNamespace(DemoCluster.NAMESPACE)
              .watch(table);
      cluster.client().resource(project(simulator)).create();
      new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
      watch.close();
    }
  }

  private static void introduce(Simulator simulator, DemoCluster cluster, OperatorAssembly operator)
      throws IOException {
    Path kubeconfig = cluster.writeKubeconfig(Path.of("target", "demo"));
    System.out.println();
    System.out.println("The query API:      " + simulator.baseUrl() + " (40 changes a minute)");
    System.out.println("The Kubernetes API: " + cluster.name());
    System.out.println("The operator:       http://127.0.0.1:" + operator.httpPort() + "/metrics");
    System.out.println("Look around with:   export KUBECONFIG=" + kubeconfig);
    System.out.println(
        "                    kubectl get vpcendpointprojects,vpcendpointservices -A");
    System.out.println();
  }

  private static VpcEndpointProject project(Simulator simulator) {
    VpcEndpointProject project = new VpcEndpointProject();
    project.setMetadata(
        new ObjectMetaBuilder().withNamespace(DemoCluster.NAMESPACE).withName("cloud").build());
    project.setSpec(
        new VpcEndpointProjectSpec(
            simulator.baseUrl().toString(),
            simulator.projectIds().get(0),
            null,
            null,
            "5s",
            null,
            null,
            null,
            null,
            null,
            null));
    return project;
  }
}
