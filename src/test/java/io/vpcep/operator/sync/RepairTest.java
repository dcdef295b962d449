package io.vpcep.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceSpec;
import io.vpcep.operator.crd.VpcEndpointServiceSpec.ProjectReference;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What others do to a mirrored service: ours is put right, theirs is kept. */
class RepairTest {
  private static final EndpointService SERVICE = EndpointServiceBuilder.available("s").build();
  private static final ProjectIdentity OTHER = new ProjectIdentity("network", "other", "uid-2");

  private TestProject project;
  private VpcEndpointService original;

  @BeforeEach
  void mirrorOne() throws InterruptedException {
    project = new TestProject();
    project.sync(SERVICE);
    original = mirrored();
  }

  private VpcEndpointService mirrored() {
    return project.mirror.read("network", "s");
  }

  private void edit(Consumer<VpcEndpointService> change) {
    project.mirror.editedByOthers("network", "s", change);
  }

  /** An edit, with a name. */
  record Edit(String what, Consumer<VpcEndpointService> change) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Edit meta(String what, Consumer<ObjectMeta> change) {
    return new Edit(what, service -> change.accept(service.getMetadata()));
  }

  private static Edit owner(String what, Consumer<OwnerReference> change) {
    return meta(what, meta -> change.accept(meta.getOwnerReferences().get(0)));
  }

  private static Edit conditions(String what, List<Condition> conditions) {
    return new Edit(what, service -> service.setStatus(service.getStatus().with(conditions, 1L)));
  }

  static Stream<Edit> editsOfWhatIsOurs() {
    return Stream.of(
        meta("no labels", meta -> meta.setLabels(null)),
        meta("label changed", meta -> meta.getLabels().put("vpcep.io/vpc-id", "x")),
        meta("label lost", meta -> meta.getLabels().remove("app.kubernetes.io/managed-by")),
        meta("no owner", meta -> meta.setOwnerReferences(List.of())),
        owner("owner no controller", owner -> owner.setController(false)),
        owner("owner does not block", owner -> owner.setBlockOwnerDeletion(null)),
        owner("owner of another version", owner -> owner.setApiVersion("vpcep.io/v9")),
        owner("earlier project of the same name", owner -> owner.setUid("uid-0")),
        new Edit("no spec", service -> service.setSpec(null)),
        new Edit(
            "other service id",
            service ->
                service.setSpec(new VpcEndpointServiceSpec(new ProjectReference("prod"), "z"))),
        new Edit(
            "other project",
            service ->
                service.setSpec(new VpcEndpointServiceSpec(new ProjectReference("other"), "s"))),
        new Edit("no status", service -> service.setStatus(null)),
        new Edit("empty status", service -> service.setStatus(VpcEndpointServiceStatus.empty())),
        new Edit("other generation", service -> service.setStatus(service.getStatus().of(9L))),
        conditions("no conditions", null),
        conditions("other conditions", List.of(new Condition("Mine", "True", 1L, null, "X", "x"))),
        conditions(
            "conditions of nulls", List.of(new Condition(null, null, null, null, null, null))));
  }

  @ParameterizedTest
  @MethodSource("editsOfWhatIsOurs")
  void putsRightWhatIsOursInOneSync(Edit edit) throws InterruptedException {
    edit(edit.change);

    SyncResult result = project.sync(SERVICE);

    assertThat(result.plan().writes()).hasSize(1);
    assertThat(result.report().updated()).isEqualTo(1);
    VpcEndpointService repaired = mirrored();
    Long generation = repaired.getMetadata().getGeneration();
    assertThat(repaired.getMetadata().getLabels()).isEqualTo(original.getMetadata().getLabels());
    assertThat(repaired.getMetadata().getOwnerReferences())
        .isEqualTo(original.getMetadata().getOwnerReferences());
    assertThat(repaired.getSpec()).isEqualTo(original.getSpec());
    assertThat(repaired.getStatus()).isEqualTo(original.getStatus().of(generation));
    project.assertNothingToWrite(List.of(SERVICE));
  }

  private static OwnerReference dashboard() {
    return new OwnerReferenceBuilder()
        .withApiVersion("v1")
        .withKind("ConfigMap")
        .withName("dashboard")
        .withUid("uid-9")
        .build();
  }

  private static void addOfOthers(VpcEndpointService service) {
    ObjectMeta meta = service.getMetadata();
    Map<String, String> labels = new HashMap<>(meta.getLabels());
    labels.put("team", "blue");
    meta.setLabels(labels);
    meta.setAnnotations(Map.of("note", "hands off"));
    meta.setFinalizers(List.of("example.org/keep"));
    List<OwnerReference> owners = new ArrayList<>(meta.getOwnerReferences());
    owners.add(dashboard());
    meta.setOwnerReferences(owners);
  }

  @Test
  void leavesWhatOthersAddAlone() {
    edit(RepairTest::addOfOthers);

    project.assertNothingToWrite(List.of(SERVICE));
  }

  @Test
  void keepsWhatOthersAddedWhenItRepairs() throws InterruptedException {
    edit(RepairTest::addOfOthers);
    edit(service -> service.getMetadata().getLabels().remove("vpcep.io/project"));

    project.sync(SERVICE);

    ObjectMeta meta = mirrored().getMetadata();
    assertThat(meta.getLabels())
        .containsEntry("team", "blue")
        .containsEntry("vpcep.io/project", "prod");
    assertThat(meta.getAnnotations()).containsEntry("note", "hands off");
    assertThat(meta.getFinalizers()).containsExactly("example.org/keep");
    assertThat(meta.getOwnerReferences()).hasSize(2).contains(dashboard());
    project.assertNothingToWrite(List.of(SERVICE));
  }

  @Test
  void adoptsWhatAnEarlierProjectOfTheSameNameMirrored() throws InterruptedException {
    ProjectIdentity again = new ProjectIdentity("network", "prod", "uid-1-again");
    TestProject recreated = new TestProject(project, again);

    SyncResult result = recreated.sync(SERVICE);

    assertThat(result.plan().writes()).singleElement().isInstanceOf(Write.Repair.class);
    assertThat(mirrored().getMetadata().getOwnerReferences())
        .extracting(OwnerReference::getUid)
        .containsExactly("uid-1-again");
    recreated.assertNothingToWrite(List.of(SERVICE));
  }

  @Test
  void keepsTransitionTimesWhenItRepairs() throws InterruptedException {
    project.now = project.now.plusSeconds(3600);
    edit(service -> service.getMetadata().setLabels(null));

    project.sync(SERVICE);

    assertThat(mirrored().getStatus().conditions().get(0).lastTransitionTime())
        .isEqualTo("2026-11-22T10:00:00Z");
  }

  @Test
  void neverWritesWhatAnotherProjectMirrors() throws InterruptedException {
    TestProject other = new TestProject(project, OTHER);

    SyncResult result = other.sync(EndpointServiceBuilder.like(SERVICE).status("failed").build());

    assertThat(result.plan().writes()).isEmpty();
    assertThat(result.plan().conflicts()).containsExactly("s");
    assertThat(result.failure().orElseThrow().reason()).isEqualTo(FailureReason.CONFLICT);
    assertThat(mirrored()).isEqualTo(original);
  }

  @Test
  void neverPrunesWhatAnotherProjectMirrors() throws InterruptedException {
    TestProject other = new TestProject(project, OTHER);
    other.rules = new PruneRules(true, 1, 100);
    other.confirmation = "100";

    SyncResult result = other.sync();

    assertThat(result.plan().writes()).isEmpty();
    assertThat(mirrored()).isEqualTo(original);
  }

  @Test
  void findsOutWhenWritingThatAnotherProjectWasFaster() throws InterruptedException {
    TestProject other = new TestProject(project, OTHER);
    project.mirror.deletedByOthers("network", "s");
    project.mirror.stopWatching();
    project.mirror.createdByOthers(original);

    SyncResult result = other.sync(SERVICE);

    assertThat(result.plan().writes()).singleElement().isInstanceOf(Write.Create.class);
    assertThat(result.report().conflicts()).containsExactly("s");
    assertThat(result.report().changedAnything()).isFalse();
    assertThat(result.failure().orElseThrow().reason()).isEqualTo(FailureReason.CONFLICT);
    assertThat(mirrored().getMetadata().getOwnerReferences())
        .isEqualTo(original.getMetadata().getOwnerReferences());
  }

  @Test
  void takesAControllerOfAnotherGroupForAStranger() throws InterruptedException {
    edit(
        service ->
            service.getMetadata().getOwnerReferences().get(0).setApiVersion("example.org/v1"));

    SyncPlan plan = project.sync(SERVICE).plan();

    assertThat(plan.conflicts()).containsExactly("s");
    assertThat(plan.writes()).isEmpty();
  }

  @Test
  void overwritesNothingUnseen() throws InterruptedException {
    project.mirror.stopWatching();
    edit(service -> service.getMetadata().setAnnotations(Map.of("note", "new")));
    EndpointService changed = EndpointServiceBuilder.like(SERVICE).connectionCount(9L).build();

    SyncResult result = project.sync(changed);

    assertThat(result.report().changedAnything()).isFalse();
    assertThat(mirrored().getMetadata().getAnnotations()).containsEntry("note", "new");
    project.sync(changed);
    assertThat(mirrored().getStatus().connectionCount()).isEqualTo(9);
  }
}
