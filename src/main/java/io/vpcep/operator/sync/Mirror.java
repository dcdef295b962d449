package io.vpcep.operator.sync;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The port to the cluster: what is mirrored, and the writes that change it. */
public interface Mirror {

  /** False until everything that the cluster holds has been seen once. */
  boolean isComplete();

  /** What is mirrored under {@code name}, whoever owns it. */
  Optional<MirroredService> find(String namespace, String name);

  /** What belongs to {@code project}: a view that may change while it is read. */
  Collection<MirroredService> ownedBy(ProjectIdentity project);

  /**
   * Remembers, until the resource changes, how the service was listed that {@code mirrored} shows.
   *
   * @param listedDigest see {@link ListedService#digest}
   */
  void recognized(ProjectIdentity project, MirroredService mirrored, long listedDigest);

  /**
   * Does all of {@code writes}, several at a time. One that fails does not stop the others; what
   * became of each is reported, and {@link #find} shows it at once.
   *
   * @throws InterruptedException when the calling thread was interrupted; writes under way end
   */
  WriteReport apply(ProjectIdentity project, List<Write> writes) throws InterruptedException;
}
