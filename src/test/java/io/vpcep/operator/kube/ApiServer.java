package io.vpcep.operator.kube;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfig;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubeapitest.binary.BinaryManager;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One kube-apiserver with its etcd, started at the first use and shared by all tests of the JVM. It
 * authorizes by RBAC and enforces permissions on owner references; no controller-manager runs.
 *
 * <p>System properties: {@code kube-api.required=true} turns the skipping of tests into a failure;
 * {@code kube-api.version} picks a version, else the newest one at hand is taken; {@code
 * kube-api.download=true} lets binaries that are missing be downloaded.
 */
public final class ApiServer {
  /** Namespace of the shipped manifests. */
  public static final String OPERATOR_NAMESPACE = "vpcep-system";

  /** Service account, ClusterRole, Role and Lease of the shipped manifests. */
  public static final String OPERATOR_NAME = "vpcep-operator";

  private static final List<String> OPERATOR_RBAC =
      List.of(
          "namespace.yml",
          "service-account.yml",
          "cluster-role.yml",
          "cluster-role-binding.yml",
          "role.yml",
          "role-binding.yml");

  private static final Logger log = LoggerFactory.getLogger(ApiServer.class);

  private static Start start;

  /** A server, or the reason why there is none. */
  private record Start(KubeAPIServer server, Path kubectl, String trouble) {}

  private ApiServer() {}

  /**
   * Skips the calling test when no server can be had; fails it instead when {@code
   * kube-api.required} is true. Starts the server.
   */
  public static void require() {
    String trouble = start().trouble();
    if (trouble == null) {
      return;
    }
    String message = "No Kubernetes API server: " + trouble;
    if (Boolean.getBoolean("kube-api.required")) {
      Assertions.fail(message);
    }
    // A class that is skipped as a whole is not named in the build's output.
    log.warn("{}: tests that need it are skipped", message);
    Assumptions.abort(message);
  }

  /** A kubeconfig with all rights ({@code system:masters}); skips or fails as {@link #require}. */
  public static String kubeconfigYaml() {
    require();
    return start().server().getKubeConfigYaml();
  }

  /** A new client with all rights, to be closed by the caller. */
  public static KubernetesClient adminClient() {
    return client(adminConfig());
  }

  /**
   * A new client, to be closed by the caller, that may do what RBAC grants to a service account and
   * nothing else. The account itself need not exist.
   */
  public static KubernetesClient clientFor(String namespace, String serviceAccount) {
    return client(
        new ConfigBuilder(adminConfig())
            .withNamespace(namespace)
            .withImpersonateUsername("system:serviceaccount:" + namespace + ":" + serviceAccount)
            .withImpersonateGroups(
                "system:serviceaccounts",
                "system:serviceaccounts:" + namespace,
                "system:authenticated")
            .build());
  }

  /** True when RBAC grants a service account a verb on a kind of ours in its own namespace. */
  public static boolean may(String namespace, String serviceAccount, String verb, String resource) {
    try (KubernetesClient client = clientFor(namespace, serviceAccount)) {
      return may(client, new Attributes(namespace, verb, "vpcep.io", resource));
    }
  }

  /**
   * A new client, to be closed by the caller, with exactly the rights that {@code deploy} gives to
   * the operator. Applies those manifests and returns when the server honours them.
   */
  public static KubernetesClient operatorClient() {
    try (KubernetesClient admin = adminClient()) {
      OPERATOR_RBAC.forEach(file -> apply(admin, Path.of("deploy", file)));
    }
    KubernetesClient operator = clientFor(OPERATOR_NAMESPACE, OPERATOR_NAME);
    // The authorizer follows the roles through a watch of its own.
    await("the shipped roles to be in force")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                mayCreate(operator, "vpcep.io", "vpcendpointservices")
                    && mayCreate(operator, "coordination.k8s.io", "leases"));
    return operator;
  }

  /**
   * Creates or updates the custom resource definitions of {@code crds} and returns when they are
   * served. Not by server-side apply: Kubernetes 1.20 ignores the CEL rules and selectable fields
   * in them when they are created, and refuses them when they are applied.
   */
  public static void installCrds() {
    try (KubernetesClient admin = adminClient()) {
      installCrds(admin);
    }
  }

  /** The same on another server. */
  public static void installCrds(KubernetesClient admin) {
    for (String kind : List.of("vpcendpointprojects", "vpcendpointservices")) {
      CustomResourceDefinition crd =
          Serialization.unmarshal(
              read(Path.of("crds", kind + ".vpcep.io-v1.yml")), CustomResourceDefinition.class);
      admin.resource(crd).createOr(NonDeletingOperation::update);
      admin.resource(crd).waitUntilCondition(ApiServer::served, 60, TimeUnit.SECONDS);
    }
  }

  /**
   * Creates or updates every object of a YAML file by server-side apply, which refuses fields that
   * the server does not know.
   */
  public static void apply(KubernetesClient client, Path file) {
    client
        .load(new ByteArrayInputStream(read(file).getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(object -> apply(client, object));
  }

  /** Creates or updates an object by server-side apply and returns what the server stored. */
  public static HasMetadata apply(KubernetesClient client, HasMetadata object) {
    PatchContext context =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("tests")
            .withForce(true)
            .build();
    return client.resource(object).patch(context);
  }

  /** The kubectl of the server's version; skips or fails as {@link #require}. */
  public static Path kubectl() {
    require();
    return start().kubectl();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean served(CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
  }

  private static boolean mayCreate(KubernetesClient client, String group, String resource) {
    return may(client, new Attributes(OPERATOR_NAMESPACE, "create", group, resource));
  }

  private record Attributes(String namespace, String verb, String group, String resource) {}

  private static boolean may(KubernetesClient client, Attributes asked) {
    SelfSubjectAccessReview review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withNamespace(asked.namespace())
            .withVerb(asked.verb())
            .withGroup(asked.group())
            .withResource(asked.resource())
            .endResourceAttributes()
            .endSpec()
            .build();
    return client.resource(review).create().getStatus().getAllowed();
  }

  private static Config adminConfig() {
    Config config = Config.fromKubeconfig(kubeconfigYaml());
    // A busy machine may let the API server wait for long.
    config.setRequestTimeout(60_000);
    return config;
  }

  private static KubernetesClient client(Config config) {
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static synchronized Start start() {
    if (start == null) {
      start = startServer();
    }
    return start;
  }

  private static Start startServer() {
    KubeAPIServerConfig config = config();
    BinaryManager binaries = new BinaryManager(config);
    try {
      binaries.initAndDownloadIfRequired();
    } catch (KubeAPITestException e) {
      return new Start(null, null, e.getMessage());
    }
    KubeAPIServer server = new KubeAPIServer(config);
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    try {
      server.start();
    } catch (KubeAPITestException e) {
      return new Start(null, null, "it does not start: " + e.getMessage());
    }
    return new Start(server, binaries.binaries().getKubectl().toPath(), null);
  }

  private static KubeAPIServerConfig config() {
    // Set here, not by the environment: the library fails on its own variables for booleans.
    KubeAPIServerConfigBuilder builder =
        new KubeAPIServerConfigBuilder()
            .withOfflineMode(!Boolean.getBoolean("kube-api.download"))
            .withUpdateKubeConfig(false)
            .withWaitForEtcdHealthCheckOnStartup(false)
            .withStartupTimeout(120_000)
            .withApiServerFlag(
                "--enable-admission-plugins", "OwnerReferencesPermissionEnforcement");
    String version = System.getProperty("kube-api.version");
    return version == null ? builder.build() : builder.withApiServerVersion(version).build();
  }
}
