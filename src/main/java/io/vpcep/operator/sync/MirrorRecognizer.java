package io.vpcep.operator.sync;

import java.time.Instant;
import java.util.Optional;

/**
 * Recognizes what is mirrored for one project. What was compared once in full is remembered by the
 * digest of how it was listed, until the resource changes. For one sync.
 */
final class MirrorRecognizer implements Recognizer {
  private final ProjectIdentity project;
  private final Mirror mirror;
  private final Instant now;
  private final ContentDigest digest = new ContentDigest();
  private final ListedDigest listedDigest;

  MirrorRecognizer(ProjectIdentity project, Mirror mirror, Instant now) {
    this.project = project;
    this.mirror = mirror;
    this.now = now;
    this.listedDigest = new ListedDigest(project);
  }

  @Override
  public boolean recognizes(EndpointService service) {
    Optional<MirroredService> found =
        mirror.find(project.namespace(), ResourceNames.ofService(service.id()));
    return found.isPresent() && isShownBy(found.get(), service);
  }

  private boolean isShownBy(MirroredService mirrored, EndpointService service) {
    if (mirrored.terminating() || !Ownership.mayWrite(project, mirrored.claimant())) {
      return false;
    }
    long listed = listedDigest.of(service);
    if (mirrored.listedDigest() == listed) {
      return true;
    }
    boolean same = Wanted.of(service, project, mirrored, now).isShownBy(mirrored, digest);
    if (same) {
      mirror.recognized(project, mirrored, listed);
    }
    return same;
  }
}
