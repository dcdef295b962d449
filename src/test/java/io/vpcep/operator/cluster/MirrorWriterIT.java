package io.vpcep.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceSpec;
import io.vpcep.operator.crd.VpcEndpointServiceSpec.ProjectReference;
import io.vpcep.operator.kube.ApiServer;
import io.vpcep.operator.sync.ContentDigest;
import io.vpcep.operator.sync.EndpointServiceBuilder;
import io.vpcep.operator.sync.MirroredService;
import io.vpcep.operator.sync.ProjectIdentity;
import io.vpcep.operator.sync.ServiceMapper;
import io.vpcep.operator.sync.ServicePhase;
import io.vpcep.operator.sync.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each write, with everything that can come between, on the real API server. */
class MirrorWriterIT {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final String namespace = "writer-" + UUID.randomUUID().toString().substring(0, 8);
  private final ProjectIdentity project = new ProjectIdentity(namespace, "prod", "u-prod");
  private final MirrorIndex index = new MirrorIndex();
  private KubernetesClient admin;
  private KubernetesClient client;
  private MirrorWriter writer;

  @BeforeEach
  void start() {
    admin = ApiServer.adminClient();
    ApiServer.installCrds();
    client = ApiServer.operatorClient();
    admin
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    writer = writer(client);
  }

  private MirrorWriter writer(KubernetesClient with) {
    return new MirrorWriter(
        with,
        index,
        new ResourceReader(with.getKubernetesSerialization()),
        InstantSource.fixed(NOW));
  }

  @AfterEach
  void stop() {
    if (client != null) {
      admin.resources(VpcEndpointService.class).inNamespace(namespace).delete();
      client.close();
      admin.close();
    }
  }

  private VpcEndpointService wanted(String name, ProjectIdentity owner) {
    VpcEndpointService resource =
        ServiceMapper.detached(EndpointServiceBuilder.available(name).build(), owner.name(), NOW);
    resource.getMetadata().setNamespace(namespace);
    resource
        .getMetadata()
        .setOwnerReferences(
            List.of(
                new OwnerReferenceBuilder()
                    .withApiVersion("vpcep.io/v1alpha1")
                    .withKind("VpcEndpointProject")
                    .withName(owner.name())
                    .withUid(owner.uid())
                    .withController(true)
                    .withBlockOwnerDeletion(true)
                    .build()));
    return resource;
  }

  private VpcEndpointService present(String name) {
    return admin.resources(VpcEndpointService.class).inNamespace(namespace).withName(name).get();
  }

  private MirroredService indexed(String name) {
    return index.find(namespace, name);
  }

  private void edit(String name, UnaryOperator<VpcEndpointService> change) {
    admin.resources(VpcEndpointService.class).inNamespace(namespace).withName(name).edit(change);
  }

  private void create(String name) {
    assertThat(writer.write(project, Services.create(wanted(name, project))))
        .isInstanceOf(WriteOutcome.Done.class);
  }

  private void assertMirrored(String name) {
    VpcEndpointService present = present(name);
    VpcEndpointService wanted = wanted(name, project);
    ContentDigest digest = new ContentDigest();
    Long generation = present.getMetadata().getGeneration();
    assertThat(digest.ofIdentity(present)).isEqualTo(digest.ofIdentity(wanted));
    assertThat(digest.ofStatus(present.getStatus(), generation))
        .isEqualTo(digest.ofStatus(wanted.getStatus().of(generation), generation));
    assertThat(indexed(name)).isEqualTo(MirroredService.of(present, digest));
  }

  @Test
  void createsResourceAndStatus() {
    create("a");

    assertMirrored("a");
    assertThat(present("a").getStatus().observedGeneration()).isEqualTo(1);
  }

  @Test
  void repairsOnCreateWhatIsThereAlready() {
    create("a");
    edit(
        "a",
        service -> {
          service.getMetadata().getLabels().remove(Labels.PROJECT);
          return service;
        });

    create("a");

    assertMirrored("a");
  }

  @Test
  void leavesOnCreateWhatAnotherProjectOwns() {
    ProjectIdentity other = new ProjectIdentity(namespace, "test", "u-test");
    writer.write(other, Services.create(wanted("a", other)));
    String version = present("a").getMetadata().getResourceVersion();

    WriteOutcome outcome = writer.write(project, Services.create(wanted("a", project)));

    assertThat(outcome).isInstanceOf(WriteOutcome.Foreign.class);
    assertThat(present("a").getMetadata().getResourceVersion()).isEqualTo(version);
    assertThat(indexed("a").claimant()).isEqualTo("test");
  }

  @Test
  void updatesAStatusOnce() {
    create("a");
    Write update =
        new Write.UpdateStatus(
            "a", indexed("a").resourceVersion(), wanted("a", project).getStatus().of(7L));

    WriteOutcome outcome = writer.write(project, update);

    assertThat(outcome).isInstanceOf(WriteOutcome.Done.class);
    assertThat(present("a").getStatus().observedGeneration()).isEqualTo(7);
    assertThat(present("a").getSpec().serviceId()).isEqualTo("a");
  }

  @Test
  void givesWayWhereSomebodyWasFaster() {
    create("a");
    String stale = indexed("a").resourceVersion();
    edit(
        "a",
        service -> {
          service.getMetadata().setAnnotations(java.util.Map.of("note", "mine"));
          return service;
        });

    WriteOutcome outcome =
        writer.write(
            project, new Write.UpdateStatus("a", stale, wanted("a", project).getStatus().of(1L)));

    assertThat(outcome).isInstanceOf(WriteOutcome.Superseded.class);
    assertThat(indexed("a").resourceVersion())
        .isEqualTo(present("a").getMetadata().getResourceVersion())
        .isNotEqualTo(stale);
  }

  @Test
  void forgetsWhatSomebodyDeleted() {
    create("a");
    String version = indexed("a").resourceVersion();
    admin.resources(VpcEndpointService.class).inNamespace(namespace).withName("a").delete();

    WriteOutcome outcome =
        writer.write(
            project, new Write.UpdateStatus("a", version, wanted("a", project).getStatus().of(1L)));

    assertThat(outcome).isInstanceOf(WriteOutcome.Superseded.class);
    assertThat(indexed("a")).isNull();
  }

  @Test
  void repairsOursAndKeepsWhatIsTheirs() {
    create("a");
    edit(
        "a",
        service -> {
          service.setMetadata(
              new ObjectMetaBuilder(service.getMetadata())
                  .removeFromLabels(Labels.MANAGED_BY)
                  .addToLabels("team", "blue")
                  .addToAnnotations("note", "mine")
                  .withFinalizers("example.com/keep")
                  .withOwnerReferences(
                      new OwnerReferenceBuilder()
                          .withApiVersion("v1")
                          .withKind("ConfigMap")
                          .withName("theirs")
                          .withUid("u-theirs")
                          .build())
                  .build());
          service.setSpec(new VpcEndpointServiceSpec(new ProjectReference("prod"), "other"));
          return service;
        });

    WriteOutcome outcome = writer.write(project, Services.repair(wanted("a", project)));

    assertThat(outcome).isInstanceOf(WriteOutcome.Done.class);
    assertMirrored("a");
    VpcEndpointService present = present("a");
    assertThat(present.getMetadata().getLabels()).containsEntry("team", "blue");
    assertThat(present.getMetadata().getAnnotations()).containsEntry("note", "mine");
    assertThat(present.getMetadata().getFinalizers()).containsExactly("example.com/keep");
    assertThat(present.getMetadata().getOwnerReferences())
        .extracting(owner -> owner.getName())
        .containsExactlyInAnyOrder("prod", "theirs");
    assertThat(present.getStatus().observedGeneration())
        .isEqualTo(present.getMetadata().getGeneration());
    edit(
        "a",
        service -> {
          service.getMetadata().setFinalizers(List.of());
          return service;
        });
  }

  @Test
  void keepsTimesOfTransitionWhenItRepairs() {
    create("a");
    edit(
        "a",
        service -> {
          service.getMetadata().getLabels().remove(Labels.PROJECT);
          return service;
        });
    VpcEndpointService later = wanted("a", project);
    Condition ready = later.getStatus().conditions().get(0).since("2026-11-22T11:00:00Z");
    later.setStatus(later.getStatus().with(List.of(ready), null));

    writer.write(project, Services.repair(later));

    assertThat(present("a").getStatus().conditions().get(0).lastTransitionTime())
        .isEqualTo(NOW.toString());
  }

  @Test
  void marksByItsConditionsAlone() {
    create("a");

    WriteOutcome outcome = writer.write(project, new Write.Mark("a", ServicePhase.NOT_FOUND));

    assertThat(outcome).isInstanceOf(WriteOutcome.Done.class);
    assertThat(present("a").getStatus().serviceName())
        .isEqualTo(wanted("a", project).getStatus().serviceName());
    assertThat(present("a").getStatus().conditions())
        .singleElement()
        .satisfies(
            ready -> {
              assertThat(ready.reason()).isEqualTo("NotFound");
              assertThat(ready.status()).isEqualTo("False");
              assertThat(ready.message()).contains("gone from the cloud");
            });
  }

  @Test
  void prunesWhatItKnows() {
    create("a");

    WriteOutcome outcome =
        writer.write(project, new Write.Prune("a", indexed("a").resourceVersion()));

    assertThat(outcome).isInstanceOf(WriteOutcome.Done.class);
    await().atMost(Duration.ofSeconds(5)).until(() -> present("a") == null);
    assertThat(indexed("a")).isNull();
  }

  @Test
  void leavesAloneWhatAFinalizerOfOthersKeepsAfterItsDeletion() {
    create("a");
    edit(
        "a",
        service -> {
          service.getMetadata().setFinalizers(List.of("example.com/keep"));
          return service;
        });
    admin.resources(VpcEndpointService.class).inNamespace(namespace).withName("a").delete();
    VpcEndpointService terminating = present("a");
    VpcEndpointService changed = wanted("a", project);
    changed.getMetadata().getLabels().put(Labels.VPC_ID, "another");

    List<WriteOutcome> outcomes =
        List.of(
            writer.write(project, Services.create(changed)),
            writer.write(project, Services.repair(changed)),
            writer.write(project, new Write.Mark("a", ServicePhase.NOT_FOUND)));

    assertThat(outcomes).allMatch(WriteOutcome.Superseded.class::isInstance);
    assertThat(present("a")).isEqualTo(terminating);
    assertThat(indexed("a").terminating()).isTrue();
    edit(
        "a",
        service -> {
          service.getMetadata().setFinalizers(List.of());
          return service;
        });
  }

  @Test
  void repairsALabelOfWhatNoListingShows() {
    create("a");
    writer.write(project, new Write.Mark("a", ServicePhase.NOT_FOUND));
    VpcEndpointService marked = present("a");
    edit(
        "a",
        service -> {
          service.getMetadata().getLabels().remove(Labels.PROJECT);
          service.setSpec(new VpcEndpointServiceSpec(new ProjectReference("prod"), "other"));
          return service;
        });

    WriteOutcome outcome = writer.write(project, new Write.Mark("a", ServicePhase.NOT_FOUND));

    VpcEndpointService present = present("a");
    assertThat(outcome).isInstanceOf(WriteOutcome.Done.class);
    assertThat(present.getMetadata().getLabels()).isEqualTo(marked.getMetadata().getLabels());
    assertThat(present.getSpec()).isEqualTo(marked.getSpec());
    assertThat(present.getStatus().observedGeneration())
        .isEqualTo(present.getMetadata().getGeneration());
    assertThat(indexed("a").asMarked()).isTrue();
  }

  @Test
  void keepsWhatChangedSinceItWasToBePruned() {
    create("a");
    String stale = indexed("a").resourceVersion();
    edit(
        "a",
        service -> {
          service.getMetadata().setAnnotations(java.util.Map.of("note", "mine"));
          return service;
        });

    WriteOutcome outcome = writer.write(project, new Write.Prune("a", stale));

    assertThat(outcome).isInstanceOf(WriteOutcome.Superseded.class);
    assertThat(present("a")).isNotNull();
    assertThat(indexed("a")).isNotNull();
  }

  @Test
  void saysWhatTheServerForbids() {
    try (KubernetesClient stranger = ApiServer.clientFor(namespace, "stranger")) {
      WriteOutcome outcome = writer(stranger).write(project, Services.create(wanted("a", project)));

      assertThat(outcome)
          .isInstanceOfSatisfying(
              WriteOutcome.Refused.class,
              refused -> assertThat(refused.problem()).startsWith("403 ").contains("forbidden"));
    }
  }

  @Test
  void saysWhatTheServerFindsInvalid() {
    VpcEndpointService invalid = wanted("a", project);
    invalid.getMetadata().setName("No_Name");

    WriteOutcome outcome = writer.write(project, Services.create(invalid));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            WriteOutcome.Refused.class,
            refused -> assertThat(refused.problem()).startsWith("422 "));
  }

  @Test
  void refusesAResourceThatIsTooLargeAndNoOther() {
    VpcEndpointService huge =
        ServiceMapper.detached(
            EndpointServiceBuilder.available("a").description("x".repeat(4_000_000)).build(),
            "prod",
            NOW);
    huge.setMetadata(wanted("a", project).getMetadata());

    WriteOutcome outcome = writer.write(project, Services.create(huge));

    assertThat(outcome).isInstanceOf(WriteOutcome.Refused.class);
    create("b");
  }

  @Test
  void tellsASilentServerFromARefusal() {
    KubernetesClientException refused = new KubernetesClientException("no", 500, null);
    KubernetesClientException silent =
        new KubernetesClientException("no", new java.io.IOException("connection reset"));

    assertThat(KubernetesProblem.isUnreachable(refused)).isFalse();
    assertThat(KubernetesProblem.describe(refused)).contains("500");
    assertThat(KubernetesProblem.isUnreachable(silent)).isTrue();
    assertThat(KubernetesProblem.describe(silent)).contains("no answer", "connection reset");
  }
}
