package io.vpcep.operator.sync;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Recognizes what is mirrored, for one project and one listing, which may be read several times.
 * What was compared once in full is remembered by the digest of how it was listed, until the
 * resource changes.
 *
 * <p>What changed is kept whole until it is written. So there is a limit to how much of it a
 * listing may show: what is beyond is left for the next one.
 *
 * <p>Thread-safe: a page that comes too late may still be read when the listing has ended.
 */
final class MirrorRecognizer implements Recognizer {
  private final ProjectIdentity project;
  private final Mirror mirror;
  private final Instant now;
  private final ContentDigest digest = new ContentDigest();

  /** Makes what this project mirrors different from what its namesake did. */
  private final long ofProject;

  private final int most;

  /** Ids of what is to be written. */
  private final Set<String> wanted = new HashSet<>();

  private final Set<String> left = new HashSet<>();

  /**
   * @param most services to be written, of one listing
   */
  MirrorRecognizer(ProjectIdentity project, Mirror mirror, Instant now, int most) {
    this.most = most;
    this.project = project;
    this.mirror = mirror;
    this.now = now;
    this.ofProject = digest(project);
  }

  private static long digest(ProjectIdentity project) {
    DigestBuffer buffer = new DigestBuffer();
    buffer.put(project.namespace());
    buffer.put(project.name());
    buffer.put(project.uid());
    return buffer.finish();
  }

  @Override
  public synchronized Optional<String> recognize(ListedService service) {
    String name = ResourceNames.ofService(service.id());
    Optional<MirroredService> found = mirror.find(project.namespace(), name);
    if (found.isPresent() && needsNothing(found.get(), service)) {
      // The string that is kept anyhow: it knows its hash, and nothing new is held.
      return Optional.of(found.get().name());
    }
    return isLeft(service.id()) ? Optional.of(name) : Optional.empty();
  }

  private boolean needsNothing(MirroredService mirrored, ListedService service) {
    return !Ownership.mayWrite(project, mirrored.claimant()) || isShownBy(mirrored, service);
  }

  /** Another reading of the same listing gets the same answer. */
  private boolean isLeft(String id) {
    if (wanted.contains(id) || wanted.size() < most && wanted.add(id)) {
      return false;
    }
    left.add(id);
    return true;
  }

  /** How many services there are for the next listing. */
  synchronized int left() {
    return left.size();
  }

  private boolean isShownBy(MirroredService mirrored, ListedService service) {
    if (mirrored.terminating()) {
      return false;
    }
    long sent = service.digest();
    long listed = sent == 0 ? 0 : sent ^ ofProject;
    if (listed != 0 && listed == mirrored.listedDigest()) {
      return true;
    }
    boolean same = Wanted.of(service.read(), project, mirrored, now).isShownBy(mirrored, digest);
    if (same && listed != 0) {
      mirror.recognized(project, mirrored, listed);
    }
    return same;
  }
}
