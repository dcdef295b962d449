package io.vpcep.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MirrorRecognizerTest {
  private static final EndpointService SERVICE = EndpointServiceBuilder.available("a").build();

  private final TestProject project = new TestProject();

  @BeforeEach
  void mirror() throws InterruptedException {
    project.sync(SERVICE);
  }

  private boolean recognizes(EndpointService service) {
    return recognizer(TestProject.IDENTITY).recognizes(service);
  }

  private MirrorRecognizer recognizer(ProjectIdentity identity) {
    return new MirrorRecognizer(identity, project.mirror, project.now, Integer.MAX_VALUE);
  }

  private MirroredService mirrored() {
    return project.mirror.find("network", "a").orElseThrow();
  }

  @Test
  void comparesOnceAndRemembers() {
    assertThat(mirrored().listedDigest()).isZero();

    assertThat(recognizes(SERVICE)).isTrue();

    assertThat(mirrored().listedDigest())
        .isEqualTo(new ListedDigest(TestProject.IDENTITY).of(SERVICE));
    assertThat(recognizes(SERVICE)).isTrue();
  }

  @Test
  void knowsNothingThatIsNotMirrored() {
    assertThat(recognizes(EndpointServiceBuilder.available("b").build())).isFalse();
  }

  @Test
  void doesNotRecognizeWhatChangedInTheCloud() {
    recognizes(SERVICE);

    assertThat(recognizes(EndpointServiceBuilder.like(SERVICE).connectionCount(4L).build()))
        .isFalse();
  }

  @Test
  void doesNotRecognizeWhatSomebodyEdited() {
    recognizes(SERVICE);

    project.mirror.editedByOthers(
        "network", "a", edited -> edited.getMetadata().getLabels().clear());

    assertThat(recognizes(SERVICE)).isFalse();
  }

  @Test
  void doesNotRecognizeWhatItsNamesakeMirrored() {
    recognizes(SERVICE);
    ProjectIdentity recreated = new ProjectIdentity("network", "prod", "uid-2");

    assertThat(recognizer(recreated).recognizes(SERVICE)).isFalse();
  }

  @Test
  void keepsNothingOfWhatAnotherProjectOwns() {
    ProjectIdentity other = new ProjectIdentity("network", "other", "uid-3");

    assertThat(recognizer(other).recognizes(SERVICE)).isTrue();
  }

  @Test
  void leavesWhatIsBeyondTheLimitOfAListing() {
    EndpointService b = EndpointServiceBuilder.available("b").build();
    EndpointService c = EndpointServiceBuilder.available("c").build();
    MirrorRecognizer recognizer =
        new MirrorRecognizer(TestProject.IDENTITY, project.mirror, project.now, 1);

    assertThat(recognizer.recognizes(b)).isFalse();
    assertThat(recognizer.recognizes(c)).isTrue();
    assertThat(recognizer.left()).isEqualTo(1);
  }

  @Test
  void anotherReadingLeavesTheSame() {
    EndpointService b = EndpointServiceBuilder.available("b").build();
    EndpointService c = EndpointServiceBuilder.available("c").build();
    MirrorRecognizer recognizer =
        new MirrorRecognizer(TestProject.IDENTITY, project.mirror, project.now, 1);
    recognizer.recognizes(b);
    recognizer.recognizes(c);

    assertThat(recognizer.recognizes(c)).isTrue();
    assertThat(recognizer.recognizes(b)).isFalse();
    assertThat(recognizer.left()).isEqualTo(1);
  }
}
