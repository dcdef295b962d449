package io.vpcep.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KubernetesStatusWriterTest {
  private static final VpcEndpointProjectStatus OURS = status("ours");
  private static final VpcEndpointProjectStatus THEIRS = status("theirs");

  private final MockCluster cluster = new MockCluster();
  private final KubernetesStatusWriter writer = new KubernetesStatusWriter(cluster.client());
  private VpcEndpointProject seen;

  private static VpcEndpointProjectStatus status(String handled) {
    return new VpcEndpointProjectStatus(1L, List.of(), null, null, null, handled, null, null);
  }

  @BeforeEach
  void createProject() {
    seen = create();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private VpcEndpointProject create() {
    VpcEndpointProject project = new VpcEndpointProject();
    project.setMetadata(new ObjectMetaBuilder().withNamespace("network").withName("prod").build());
    project.setSpec(new SpecDraft().spec());
    return cluster.client().resource(project).create();
  }

  private VpcEndpointProject present() {
    return cluster.client().resource(seen).get();
  }

  @Test
  void writesTheStatusAndReturnsTheProjectAsItIsNow() {
    Optional<VpcEndpointProject> written = writer.write(seen, OURS);

    assertThat(written).hasValueSatisfying(now -> assertThat(now).isEqualTo(present()));
    assertThat(present().getStatus()).isEqualTo(OURS);
    assertThat(present().getMetadata().getGeneration()).isEqualTo(1);
  }

  @Test
  void writesOnTopOfAChangedSpecAndChangedAnnotations() {
    cluster
        .client()
        .resource(seen)
        .edit(
            project -> {
              project.setSpec(new SpecDraft().interval("7m").spec());
              project.getMetadata().setAnnotations(Map.of("team", "blue"));
              return project;
            });

    Optional<VpcEndpointProject> written = writer.write(seen, OURS);

    assertThat(written).isPresent();
    assertThat(present().getStatus()).isEqualTo(OURS);
    assertThat(present().getSpec().interval()).isEqualTo("7m");
    assertThat(present().getMetadata().getAnnotations()).containsEntry("team", "blue");
  }

  @Test
  void givesWayToAnotherWriterOfTheStatus() {
    VpcEndpointProject other = present();
    other.setStatus(THEIRS);
    cluster.client().resource(other).updateStatus();

    Optional<VpcEndpointProject> written = writer.write(seen, OURS);

    assertThat(written).isEmpty();
    assertThat(present().getStatus()).isEqualTo(THEIRS);
  }

  @Test
  void writesNothingOfAProjectThatIsGone() {
    cluster.client().resource(seen).delete();

    Optional<VpcEndpointProject> written = writer.write(seen, OURS);

    assertThat(written).isEmpty();
    assertThat(present()).isNull();
  }

  @Test
  void writesNothingToAnotherProjectOfTheSameName() {
    cluster.client().resource(seen).delete();
    VpcEndpointProject other = create();

    Optional<VpcEndpointProject> written = writer.write(seen, OURS);

    assertThat(written).isEmpty();
    assertThat(present()).isEqualTo(other);
  }

  @Test
  void reportsThatTheClusterRefused() {
    cluster.failOn(MockCluster::isStatusWriteOfProject);

    Optional<VpcEndpointProject> written = writer.write(seen, OURS);

    assertThat(written).isEmpty();
  }

  @Test
  void reportsThatTheClusterFailedAfterAConflict() {
    VpcEndpointProject other = present();
    other.setStatus(THEIRS);
    cluster.client().resource(other).updateStatus();
    cluster.failOn(line -> line.startsWith("GET "));

    Optional<VpcEndpointProject> written = writer.write(seen, OURS);

    assertThat(written).isEmpty();
    cluster.failNothing();
    assertThat(present().getStatus()).isEqualTo(THEIRS);
  }
}
