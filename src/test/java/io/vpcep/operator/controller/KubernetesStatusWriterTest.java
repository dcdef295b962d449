package io.vpcep.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

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

  @Test
  void warnsOnceUntilTheTroubleIsOver() {
    List<String> logged =
        loggedDuring(
            () -> {
              cluster.failOn(MockCluster::isStatusWriteOfProject);
              writer.write(seen, OURS);
              writer.write(seen, OURS);
              cluster.failNothing();
              VpcEndpointProject now = writer.write(seen, OURS).orElseThrow();
              writer.write(now, THEIRS);
            });

    assertThat(logged)
        .containsExactly(
            "WARN The status of the project could not be written; it will be again: {}",
            "DEBUG The status of the project could not be written; it will be again: {}",
            "INFO The status of the project can be written again");
  }

  @Test
  void warnsAgainOfAProjectThatCameBack() {
    List<String> logged =
        loggedDuring(
            () -> {
              cluster.failOn(MockCluster::isStatusWriteOfProject);
              writer.write(seen, OURS);
              cluster.failNothing();
              cluster.client().resource(seen).delete();
              writer.write(seen, OURS);
              VpcEndpointProject again = create();
              cluster.failOn(MockCluster::isStatusWriteOfProject);
              writer.write(again, OURS);
            });

    assertThat(logged).filteredOn(line -> line.startsWith("WARN")).hasSize(2);
  }

  private static List<String> loggedDuring(Runnable action) {
    Logger logger = (Logger) LoggerFactory.getLogger(KubernetesStatusWriter.class);
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.DEBUG);
    try {
      action.run();
    } finally {
      logger.detachAppender(appender);
      logger.setLevel(null);
    }
    return appender.list.stream()
        .map(event -> event.getLevel() + " " + event.getMessage())
        .toList();
  }
}
