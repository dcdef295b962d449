package io.vpcep.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.sync.EndpointService.Failure;
import io.vpcep.operator.sync.EndpointService.Port;
import io.vpcep.operator.sync.EndpointService.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What did not change in the cloud is not written; what changed is written once. */
class FixpointTest {
  /** A change of one field that no label shows. */
  private record Change(String field, UnaryOperator<EndpointServiceBuilder> apply) {
    @Override
    public String toString() {
      return field;
    }
  }

  @Provide
  Arbitrary<List<EndpointService>> listings() {
    return EndpointServices.listings();
  }

  @Provide
  Arbitrary<Change> changes() {
    return Arbitraries.of(changesOfStatusAlone().toList());
  }

  static Stream<Change> changesOfStatusAlone() {
    return Stream.of(
        new Change("serviceName", service -> service.serviceName("changed")),
        new Change("status", service -> service.status("changed")),
        new Change("connectionCount", service -> service.connectionCount(77L)),
        new Change("ports", service -> service.ports(new Port(1L, 2L, "changed"))),
        new Change("errors", service -> service.errors(new Failure("changed", "changed"))),
        new Change("portId", service -> service.portId("changed")),
        new Change("vipPortId", service -> service.vipPortId("changed")),
        new Change("projectId", service -> service.projectId("changed")),
        new Change("tcpProxy", service -> service.tcpProxy("changed")),
        new Change("tags", service -> service.tags(new Tag("changed", "changed"))),
        new Change("createdAt", service -> service.createdAt("changed")),
        new Change("updatedAt", service -> service.updatedAt("changed")),
        new Change("description", service -> service.description("changed")),
        new Change("domainId", service -> service.domainId("changed")),
        new Change("poolId", service -> service.poolId("changed")),
        new Change("publicBorderGroup", service -> service.publicBorderGroup("changed")),
        new Change("ip", service -> service.ip("changed")),
        new Change("approvalEnabled", service -> service.approvalEnabled(true)));
  }

  static Stream<Change> changesOfLabels() {
    return Stream.of(
        new Change("serviceType", service -> service.serviceType("changed")),
        new Change("serverType", service -> service.serverType("changed")),
        new Change("vpcId", service -> service.vpcId("changed")),
        new Change("serverType to no label", service -> service.serverType("no label")),
        new Change("vpcId to nothing", service -> service.vpcId(null)));
  }

  @Property(tries = 400)
  void writesNothingTheSecondTime(
      @ForAll("listings") List<EndpointService> services, @ForAll long seed)
      throws InterruptedException {
    TestProject project = new TestProject();

    SyncResult first = project.sync(TestProject.complete(services));

    assertThat(first.report().created()).isEqualTo(services.size());
    assertThat(project.mirror.list("network")).hasSameSizeAs(services);
    project.assertNothingToWrite(services);
    project.assertNothingToWrite(EndpointServices.shuffled(services, seed));
  }

  @Property(tries = 300)
  void writesOneStatusForOneChange(
      @ForAll("listings") List<EndpointService> services, @ForAll("changes") Change change)
      throws InterruptedException {
    TestProject project = new TestProject();
    List<EndpointService> before = new ArrayList<>(services);
    before.add(EndpointServiceBuilder.available("the-changing-one").build());
    project.sync(TestProject.complete(before));
    List<EndpointService> after = new ArrayList<>(services);
    after.add(change.apply.apply(EndpointServiceBuilder.available("the-changing-one")).build());

    SyncPlan plan = project.sync(TestProject.complete(after)).plan();

    assertThat(plan.writes()).singleElement().isInstanceOf(Write.UpdateStatus.class);
    assertThat(plan.writes().get(0).name()).isEqualTo("the-changing-one");
    project.assertNothingToWrite(after);
  }

  @ParameterizedTest
  @MethodSource("changesOfStatusAlone")
  void writesStatusWhenAFieldVanishesAgain(Change change) throws InterruptedException {
    TestProject project = new TestProject();
    EndpointService without = EndpointServiceBuilder.bare("s").build();
    project.sync(change.apply.apply(EndpointServiceBuilder.bare("s")).build());

    SyncPlan plan = project.sync(without).plan();

    assertThat(plan.writes()).singleElement().isInstanceOf(Write.UpdateStatus.class);
    assertThat(project.mirror.read("network", "s").getStatus().serviceName()).isNull();
    project.assertNothingToWrite(List.of(without));
  }

  @ParameterizedTest
  @MethodSource("changesOfLabels")
  void repairsOnceWhenALabelChanges(Change change) throws InterruptedException {
    TestProject project = new TestProject();
    project.sync(EndpointServiceBuilder.available("s").build());
    EndpointService after = change.apply.apply(EndpointServiceBuilder.available("s")).build();

    SyncPlan plan = project.sync(after).plan();

    assertThat(plan.writes()).singleElement().isInstanceOf(Write.Repair.class);
    assertThat(project.mirror.read("network", "s").getMetadata().getLabels())
        .isEqualTo(ServiceMapper.identity(after, TestProject.IDENTITY).getMetadata().getLabels());
    project.assertNothingToWrite(List.of(after));
  }

  @Test
  void keepsTagsApartThatOnlyJoinTheSame() throws InterruptedException {
    TestProject project = new TestProject();
    project.sync(EndpointServiceBuilder.bare("s").tags(new Tag("ab", "c")).build());

    SyncPlan plan =
        project.plan(
            TestProject.complete(
                List.of(EndpointServiceBuilder.bare("s").tags(new Tag("a", "bc")).build())));

    assertThat(plan.writes()).hasSize(1);
  }

  @Test
  void takesEmptyTextForAbsent() throws InterruptedException {
    TestProject project = new TestProject();
    EndpointService empty =
        EndpointServiceBuilder.bare("s")
            .description("")
            .updatedAt("")
            .ports(new Port(1L, 2L, ""))
            .tags(new Tag("team", ""))
            .build();

    project.sync(empty);

    var status = project.mirror.read("network", "s").getStatus();
    assertThat(status.description()).isNull();
    assertThat(status.updatedAt()).isNull();
    assertThat(status.portSummary()).isEqualTo("1:2/?");
    assertThat(status.tags().get(0).value()).isNull();
    project.assertNothingToWrite(List.of(empty));
  }

  @Test
  void mirrorsTheSameServiceAgainWhenSomebodyDeletesIt() throws InterruptedException {
    TestProject project = new TestProject();
    EndpointService service = EndpointServiceBuilder.available("s").build();
    project.sync(service);
    project.mirror.deletedByOthers("network", "s");

    SyncResult result = project.sync(service);

    assertThat(result.report().created()).isEqualTo(1);
    project.assertNothingToWrite(List.of(service));
  }
}
