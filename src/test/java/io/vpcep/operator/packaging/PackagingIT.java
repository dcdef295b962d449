package io.vpcep.operator.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vpcep.operator.kube.ApiServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real API server takes what users install. Server-side apply refuses unknown fields. */
class PackagingIT {
  private static KubernetesClient admin;

  @BeforeAll
  static void connect() {
    admin = ApiServer.adminClient();
    for (String namespace : List.of("vpcep-system", "shop", "red", "blue")) {
      ApiServer.apply(
          admin,
          new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build());
    }
  }

  @AfterAll
  static void disconnect() {
    if (admin != null) {
      admin.close();
    }
  }

  @Test
  void serverTakesEverythingInDeploy() {
    assertThat(Manifests.deploy())
        .hasSize(10)
        .allSatisfy(
            object ->
                assertThat(ApiServer.apply(admin, object).getMetadata().getUid()).isNotBlank());
  }

  @Test
  void serverRefusesAFieldThatItDoesNotKnow() {
    Deployment misspelt = Manifests.only(Manifests.deploy(), Deployment.class);
    misspelt.getSpec().setAdditionalProperty("replica", 1);

    // The server says 500, which a client tries ten times if it may.
    Config once =
        new ConfigBuilder(admin.getConfiguration()).withRequestRetryBackoffLimit(0).build();
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(once).build()) {
      assertThatThrownBy(() -> ApiServer.apply(client, misspelt)).hasMessageContaining("replica");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "leaderElection: {enabled: false}", HelmChartTest.ALL_VALUES})
  void serverTakesEverythingThatTheChartRenders(String values) {
    List<HasMetadata> rendered = Manifests.chart("shop", "shop", values);

    assertThat(rendered)
        // Types that the Prometheus operator installs.
        .filteredOn(object -> !object.getApiVersion().startsWith("monitoring.coreos.com/"))
        .hasSizeGreaterThan(5)
        .allSatisfy(
            object ->
                assertThat(ApiServer.apply(admin, object).getMetadata().getUid()).isNotBlank());
  }

  @Test
  void podOfTheDeploymentIsAdmittedToItsNamespace() {
    Manifests.deploy().forEach(object -> ApiServer.apply(admin, object));
    PodTemplateSpec template =
        Manifests.only(Manifests.deploy(), Deployment.class).getSpec().getTemplate();
    Pod pod =
        new PodBuilder()
            .withNewMetadataLike(template.getMetadata())
            .withName("vpcep-operator-0")
            .withNamespace(ApiServer.OPERATOR_NAMESPACE)
            .endMetadata()
            .withSpec(template.getSpec())
            .build();

    Pod admitted = admin.resource(pod).dryRun().create();

    assertThat(admitted.getStatus().getPhase()).isEqualTo("Pending");
  }

  @Test
  void kustomizeBuildsTheObjectsOfTheFiles() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(ApiServer.kubectl().toString(), "kustomize", Manifests.DEPLOY.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String built;
    try (InputStream output = process.getInputStream()) {
      built = new String(output.readAllBytes(), StandardCharsets.UTF_8);
    }

    assertThat(process.waitFor()).isZero();
    assertThat(sorted(Manifests.objects(built))).isEqualTo(sorted(Manifests.deploy()));
  }

  private static List<HasMetadata> sorted(List<HasMetadata> objects) {
    return objects.stream()
        .sorted(
            Comparator.comparing((HasMetadata object) -> object.getKind())
                .thenComparing(object -> object.getMetadata().getName()))
        .toList();
  }
}
