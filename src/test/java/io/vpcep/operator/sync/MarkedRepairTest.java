package io.vpcep.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceSpec;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import io.vpcep.operator.sync.EndpointService.Port;
import io.vpcep.operator.sync.EndpointService.Tag;
import io.vpcep.operator.sync.RepairTest.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What others do to the mirror of a service that no listing shows is put right like the rest. */
class MarkedRepairTest {
  private static final EndpointService GONE =
      EndpointServiceBuilder.available("s")
          .ports(new Port(8080L, 90L, "TCP"), new Port(8081L, 80L, "TCP"))
          .tags(new Tag("team", "blue"))
          .build();

  private static final Snapshot NOTHING = TestProject.complete(List.of());

  /** Why a mirror stays though no listing shows its service. */
  enum Situation {
    ORPHAN {
      @Override
      void bringAbout(TestProject project) throws InterruptedException {
        project.rules = new PruneRules(false, 2, 50);
        project.sync(GONE);
        project.sync(NOTHING);
        project.sync(NOTHING);
      }
    },
    ORPHAN_OUTSIDE_THE_QUERY {
      @Override
      void bringAbout(TestProject project) throws InterruptedException {
        project.filtered = true;
        project.fates = Map.of("s", Missing.Fate.OUT_OF_QUERY);
        ORPHAN.bringAbout(project);
      }
    },
    BLOCKED {
      @Override
      void bringAbout(TestProject project) throws InterruptedException {
        List<EndpointService> services = new ArrayList<>(TestProject.range(0, 11));
        services.add(GONE);
        project.sync(TestProject.complete(services));
        project.sync(NOTHING);
        project.sync(NOTHING);
      }
    },
    WAITING_FOR_ANOTHER_MISS {
      @Override
      void bringAbout(TestProject project) throws InterruptedException {
        project.rules = new PruneRules(true, 9, 50);
        project.sync(GONE);
        project.sync(NOTHING);
      }
    },
    INCOMPLETE_LISTING_SINCE {
      @Override
      void bringAbout(TestProject project) throws InterruptedException {
        WAITING_FOR_ANOTHER_MISS.bringAbout(project);
        project.next = TestProject.incomplete(List.of());
      }
    },
    INCOMPLETE_LISTING_SINCE_A_RESTART {
      @Override
      void bringAbout(TestProject project) throws InterruptedException {
        INCOMPLETE_LISTING_SINCE.bringAbout(project);
        project.restart();
      }
    };

    abstract void bringAbout(TestProject project) throws InterruptedException;
  }

  static Stream<Arguments> editsInEachSituation() {
    return Stream.of(Situation.values())
        .flatMap(
            situation ->
                Stream.concat(RepairTest.editsOfWhatIsOurs(), editsOfMarks())
                    .filter(edit -> isKnownAfterwards(situation, edit))
                    .map(edit -> Arguments.of(situation, edit)));
  }

  /** Without its mark, and without proof, nothing is known of a service that is not shown. */
  private static boolean isKnownAfterwards(Situation situation, Edit edit) {
    boolean unproven = situation.name().startsWith("INCOMPLETE");
    return !unproven
        || !List.of("no status", "empty status").contains(edit.what())
            && !edit.what().contains("conditions");
  }

  private static Stream<Edit> editsOfMarks() {
    return Stream.of(
        mark(
            "other message",
            mark ->
                new Condition(
                    "Ready",
                    "False",
                    mark.observedGeneration(),
                    mark.lastTransitionTime(),
                    mark.reason(),
                    "x")),
        mark(
            "other status",
            mark ->
                new Condition(
                    "Ready",
                    "True",
                    mark.observedGeneration(),
                    mark.lastTransitionTime(),
                    mark.reason(),
                    mark.message())),
        mark("outdated", mark -> mark.of(17L)),
        new Edit(
            "one more condition",
            service -> {
              List<Condition> more = new ArrayList<>(service.getStatus().conditions());
              more.add(new Condition("Stalled", "True", 1L, "2026-11-22T10:00:00Z", "X", "x"));
              service.setStatus(
                  service.getStatus().with(more, service.getMetadata().getGeneration()));
            }));
  }

  private static Edit mark(String what, UnaryOperator<Condition> change) {
    return new Edit(
        what,
        service -> {
          VpcEndpointServiceStatus status = service.getStatus();
          Condition changed = change.apply(status.conditions().get(0));
          service.setStatus(shown(status, status.portSummary(), List.of(changed)));
        });
  }

  /** The same with what follows from it as it is given, right or wrong. */
  private static VpcEndpointServiceStatus shown(
      VpcEndpointServiceStatus s, String portSummary, List<Condition> conditions) {
    return new VpcEndpointServiceStatus(
        s.serviceName(),
        s.availability(),
        s.connectionCount(),
        s.ports(),
        portSummary,
        s.errors(),
        s.serverType(),
        s.serviceType(),
        s.approvalEnabled(),
        s.vpcId(),
        s.portId(),
        s.vipPortId(),
        s.projectId(),
        s.tcpProxy(),
        s.tags(),
        s.createdAt(),
        s.updatedAt(),
        s.description(),
        s.domainId(),
        s.poolId(),
        s.publicBorderGroup(),
        s.ip(),
        s.observedGeneration(),
        conditions);
  }

  @ParameterizedTest
  @MethodSource("editsInEachSituation")
  void putsRightInOneSyncWhatNoListingShows(Situation situation, Edit edit)
      throws InterruptedException {
    TestProject project = new TestProject();
    project.next = NOTHING;
    situation.bringAbout(project);
    VpcEndpointService original = project.mirror.read("network", "s");
    assertThat(project.plan(project.next).writes()).isEmpty();
    project.mirror.editedByOthers("network", "s", edit.change());

    SyncResult result = project.sync(project.next);

    assertThat(result.plan().writes()).singleElement().isInstanceOf(Write.Mark.class);
    assertThat(result.report().updated()).isEqualTo(1);
    VpcEndpointService repaired = project.mirror.read("network", "s");
    Long generation = repaired.getMetadata().getGeneration();
    boolean contentLost = edit.what().endsWith("status") && edit.what().matches("no .*|empty .*");
    if (!contentLost) {
      assertThat(repaired.getMetadata().getLabels()).isEqualTo(original.getMetadata().getLabels());
      assertThat(repaired.getStatus().with(null, generation))
          .isEqualTo(original.getStatus().with(null, generation));
    }
    assertThat(repaired.getMetadata().getOwnerReferences())
        .isEqualTo(original.getMetadata().getOwnerReferences());
    assertThat(repaired.getSpec()).isEqualTo(original.getSpec());
    assertThat(repaired.getStatus().observedGeneration()).isEqualTo(generation);
    assertThat(repaired.getStatus().conditions())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields(
            "observedGeneration", "lastTransitionTime")
        .isEqualTo(original.getStatus().conditions());
    assertThat(repaired.getStatus().conditions())
        .allMatch(condition -> generation.equals(condition.observedGeneration()));
    assertThat(project.plan(project.next).writes()).isEmpty();
  }

  @Test
  void repairsTheSummaryOfPortsFromThePorts() throws InterruptedException {
    TestProject project = new TestProject();
    Situation.ORPHAN.bringAbout(project);
    VpcEndpointServiceStatus before = project.mirror.read("network", "s").getStatus();
    project.mirror.editedByOthers(
        "network", "s", service -> service.setStatus(shown(before, "none", before.conditions())));

    project.sync(NOTHING);

    assertThat(project.mirror.read("network", "s").getStatus()).isEqualTo(before);
  }

  @Test
  void leavesTheCloudsOwnValuesAsSomebodyLeftThem() throws InterruptedException {
    TestProject project = new TestProject();
    Situation.ORPHAN.bringAbout(project);
    List<Condition> conditions = project.mirror.read("network", "s").getStatus().conditions();
    project.mirror.editedByOthers(
        "network",
        "s",
        service -> service.setStatus(VpcEndpointServiceStatus.empty().with(conditions, 1L)));

    SyncPlan plan = project.sync(NOTHING).plan();

    VpcEndpointService left = project.mirror.read("network", "s");
    assertThat(left.getStatus().serviceName()).isNull();
    assertThat(left.getMetadata().getLabels()).doesNotContainKey("vpcep.io/server-type");
    assertThat(plan.writes()).hasSize(1);
    assertThat(project.plan(NOTHING).writes()).isEmpty();
    project.sync(GONE);
    assertThat(project.mirror.read("network", "s").getStatus().serviceName())
        .isEqualTo(GONE.serviceName());
  }

  @Test
  void keepsAnIdThatOnlyTheSpecKnew() throws InterruptedException {
    TestProject project = new TestProject();
    project.rules = new PruneRules(false, 2, 50);
    EndpointService odd = EndpointServiceBuilder.available("No Name At All").build();
    String name = ResourceNames.ofService(odd.id());
    project.sync(odd);
    project.sync(NOTHING);
    project.mirror.editedByOthers(
        "network",
        name,
        service ->
            service.setSpec(
                new VpcEndpointServiceSpec(
                    new VpcEndpointServiceSpec.ProjectReference("x"), odd.id())));

    project.sync(NOTHING);

    VpcEndpointServiceSpec spec = project.mirror.read("network", name).getSpec();
    assertThat(spec.serviceId()).isEqualTo(odd.id());
    assertThat(spec.projectRef().name()).isEqualTo("prod");
    assertThat(project.plan(NOTHING).writes()).isEmpty();
  }

  @Test
  void adoptsMarkedOnesOfAnEarlierProjectOfTheSameName() throws InterruptedException {
    TestProject project = new TestProject();
    Situation.ORPHAN.bringAbout(project);
    TestProject again =
        new TestProject(project, new ProjectIdentity("network", "prod", "uid-1-again"));
    again.rules = new PruneRules(false, 2, 50);

    again.sync(NOTHING);

    assertThat(project.mirror.read("network", "s").getMetadata().getOwnerReferences())
        .extracting(owner -> owner.getUid())
        .containsExactly("uid-1-again");
    assertThat(again.plan(NOTHING).writes()).isEmpty();
  }

  @Provide
  Arbitrary<List<EndpointService>> listings() {
    return EndpointServices.listings();
  }

  /** Whatever the cloud sent: what is marked follows from what is mirrored, and stays. */
  @Property(tries = 300)
  void marksOnceWhateverTheCloudSent(@ForAll("listings") List<EndpointService> services)
      throws InterruptedException {
    TestProject project = new TestProject();
    project.rules = new PruneRules(false, 2, 50);
    project.sync(TestProject.complete(services));

    SyncPlan plan = project.sync(NOTHING).plan();

    assertThat(plan.writes()).hasSameSizeAs(services).allMatch(Write.Mark.class::isInstance);
    assertThat(project.plan(NOTHING).writes()).isEmpty();
    assertThat(project.plan(NOTHING).unchanged()).isEqualTo(services.size());
  }
}
