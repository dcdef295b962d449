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
    return recognizer(TestProject.IDENTITY).recognize(new Listed(service)).isPresent();
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

    assertThat(mirrored().listedDigest()).isNotZero();
    assertThat(recognizer(TestProject.IDENTITY).recognize(unreadable(new Listed(SERVICE))))
        .contains("a");
  }

  /** The same element, which must not be read. */
  private static ListedService unreadable(ListedService service) {
    return new ListedService() {
      @Override
      public String id() {
        return service.id();
      }

      @Override
      public long digest() {
        return service.digest();
      }

      @Override
      public EndpointService read() {
        throw new AssertionError("it was read");
      }
    };
  }

  @Test
  void remembersNothingWithoutADigest() {
    ListedService without = new Listed(SERVICE, 0);

    assertThat(recognizer(TestProject.IDENTITY).recognize(without)).isPresent();

    assertThat(mirrored().listedDigest()).isZero();
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

    assertThat(recognizer(recreated).recognize(new Listed(SERVICE))).isEmpty();
  }

  @Test
  void namesTheResourceWhereTheIdIsNoName() throws InterruptedException {
    EndpointService odd = EndpointServiceBuilder.available("An id").build();
    project.sync(SERVICE, odd);

    assertThat(recognizer(TestProject.IDENTITY).recognize(new Listed(odd)))
        .contains(ResourceNames.ofService("An id"));
  }

  @Test
  void keepsNothingOfWhatAnotherProjectOwns() {
    ProjectIdentity other = new ProjectIdentity("network", "other", "uid-3");

    assertThat(recognizer(other).recognize(new Listed(SERVICE))).isPresent();
  }

  @Test
  void leavesWhatIsBeyondTheLimitOfAListing() {
    EndpointService b = EndpointServiceBuilder.available("b").build();
    EndpointService c = EndpointServiceBuilder.available("c").build();
    MirrorRecognizer recognizer =
        new MirrorRecognizer(TestProject.IDENTITY, project.mirror, project.now, 1);

    assertThat(recognizer.recognize(new Listed(b))).isEmpty();
    assertThat(recognizer.recognize(new Listed(c))).isPresent();
    assertThat(recognizer.left()).isEqualTo(1);
  }

  @Test
  void anotherReadingLeavesTheSame() {
    EndpointService b = EndpointServiceBuilder.available("b").build();
    EndpointService c = EndpointServiceBuilder.available("c").build();
    MirrorRecognizer recognizer =
        new MirrorRecognizer(TestProject.IDENTITY, project.mirror, project.now, 1);
    recognizer.recognize(new Listed(b));
    recognizer.recognize(new Listed(c));

    assertThat(recognizer.recognize(new Listed(c))).isPresent();
    assertThat(recognizer.recognize(new Listed(b))).isEmpty();
    assertThat(recognizer.left()).isEqualTo(1);
  }
}
