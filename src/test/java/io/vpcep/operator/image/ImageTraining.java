package io.vpcep.operator.image;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import java.util.stream.Stream;

/**
 * Prepares {@code target/image}, which becomes a directory of the container image: the runnable
 * jar, the options of its JVM, and an ahead-of-time cache (JEP 483), with which the operator starts
 * in half the time and shares memory with others of its kind.
 *
 * <p>The JVM makes the cache at the end of a run, which this is: an operator between a simulated
 * cloud and a Kubernetes API in memory, for some syncs. It takes a cache only with the same jar
 * (name, size, time of modification) on the same build of the Java runtime, a JDK and a JRE not
 * being the same. So the runtime of the base image itself makes it, taken out of {@code
 * image.base.tar}, without a container. Where that has none, or none that runs on this machine, the
 * image does without a cache.
 */
public final class ImageTraining {
  private static final Path IMAGE = Path.of("target", "image");

  /** The runnable jar, with the time that it has in the image. */
  public static final Path JAR = IMAGE.resolve("vpcep-operator.jar");

  /** Options of the JVM, in the form that {@code java @FILE} takes. */
  public static final Path OPTIONS = IMAGE.resolve("java.options");

  /** The cache; absent where there was no JDK for it. */
  public static final Path CACHE = IMAGE.resolve("vpcep-operator.aot");

  private static final String NAMESPACE = "training";
  private static final int LISTINGS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What Jib gives every file of an image, so that the same files make the same image. */
  private static final FileTime TIME_IN_IMAGE = FileTime.from(Instant.ofEpochSecond(1));

  /** The cache is used where it lies: moved to a random address, all of it would be copied. */
  private static final List<String> WITH_CACHE =
      List.of(
          "",
          "# The ahead-of-time cache, mapped as it is, so that its pages can be shared.",
          "-XX:AOTCache=/opt/vpcep-operator/vpcep-operator.aot",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0");

  private ImageTraining() {}

  /** Fails the build where a cache should come of it and does not. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(Path.of("target"), "base-image");
    try {
      Path tar = Path.of(System.getProperty("image.base.tar"));
      Optional<Path> java = BaseImage.unpack(tar, directory).java();
      prepare(java);
      System.out.println(
          java.isPresent()
              ? "The image has an ahead-of-time cache of %d MiB.".formatted(Files.size(CACHE) >> 20)
              : "The image has no ahead-of-time cache: its base has no java that runs on this"
                  + " machine. It starts more slowly, and needs more memory.");
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /**
   * Fills {@code target/image}.
   *
   * @param java to make the cache with; empty: none is made
   * @throws IllegalStateException where no cache comes of it, naming the log
   */
  public static void prepare(Optional<Path> java) throws IOException, InterruptedException {
    Files.createDirectories(IMAGE);
    Files.deleteIfExists(CACHE);
    Files.copy(Path.of("target", "vpcep-operator.jar"), JAR, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(JAR, TIME_IN_IMAGE);
    Files.copy(
        Path.of("src", "main", "image", "java.options"),
        OPTIONS,
        StandardCopyOption.REPLACE_EXISTING);
    if (java.isPresent()) {
      train(java.get());
      Files.write(OPTIONS, WITH_CACHE, StandardOpenOption.APPEND);
    }
  }

  private static void train(Path java) throws IOException, InterruptedException {
    SimulatorOptions size = SimulatorOptions.defaults().withSize(1, 200);
    KubernetesMockServer kubernetes = kubernetes();
    try (Simulator cloud = Simulator.start(size, InstantSource.system());
        KubernetesClient client = kubernetes.createClient()) {
      client.resource(project(cloud)).create();
      Process operator = operator(java, client.getMasterUrl().toString());
      try {
        awaitListings(cloud, operator);
        operator.destroy();
        if (!operator.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || !Files.exists(CACHE)) {
          throw new IllegalStateException("no cache came of the run: see " + log());
        }
      } finally {
        operator.destroyForcibly();
      }
    } finally {
      kubernetes.destroy();
    }
  }

  private static KubernetesMockServer kubernetes() {
    // It logs each request to the console.
    LogManager.getLogManager().reset();
    Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
    KubernetesMockServer kubernetes =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            responses,
            new KubernetesMixedDispatcher(responses),
            true);
    kubernetes.init();
    // Asked for before a lease is taken.
    kubernetes
        .expect()
        .post()
        .withPath("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews")
        .andReturn(HttpURLConnection.HTTP_CREATED, everythingIsAllowed())
        .always();
    return kubernetes;
  }

  private static SelfSubjectRulesReview everythingIsAllowed() {
    return new SelfSubjectRulesReviewBuilder()
        .withNewStatus()
        .addNewResourceRule()
        .withApiGroups("*")
        .withResources("*")
        .withVerbs("*")
        .endResourceRule()
        .endStatus()
        .build();
  }

  private static VpcEndpointProject project(Simulator cloud) {
    VpcEndpointProject project = new VpcEndpointProject();
    project.setMetadata(new ObjectMetaBuilder().withNamespace(NAMESPACE).withName("cloud").build());
    project.setSpec(
        new VpcEndpointProjectSpec(
            cloud.baseUrl().toString(),
            cloud.projectIds().get(0),
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

  /** As in a pod: no kubeconfig, and a lease to be held. */
  private static Process operator(Path java, String kubernetes) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "@" + OPTIONS,
            // Where a machine has more than the heap can address with 32 bits, the cache is
            // another.
            "-XX:MaxRAM=256m",
            "-XX:AOTCacheOutput=" + CACHE,
            "-jar",
            JAR.toString(),
            "run");
    builder.environment().keySet().removeIf(name -> name.startsWith("VPCEP_"));
    builder.environment().remove("KUBECONFIG");
    builder.environment().put("KUBERNETES_MASTER", kubernetes);
    builder.environment().put("KUBERNETES_TRUST_CERTIFICATES", "true");
    builder.environment().put("KUBERNETES_AUTH_TRYKUBECONFIG", "false");
    builder.environment().put("POD_NAMESPACE", NAMESPACE);
    builder.environment().put("VPCEP_WATCH_NAMESPACES", NAMESPACE);
    builder.environment().put("VPCEP_HTTP_PORT", "0");
    builder.environment().put("VPCEP_ALLOW_INSECURE_ENDPOINTS", "true");
    return builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
  }

  private static Path log() {
    return Path.of("target", "image-training.log");
  }

  private static void awaitListings(Simulator cloud, Process operator) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (cloud.requests(cloud.projectIds().get(0)) < LISTINGS) {
      if (operator.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() - end > 0) {
        throw new IllegalStateException(
            "the operator did not list " + LISTINGS + " times: see " + log());
      }
    }
  }
}
