package io.vpcep.operator.controller;

import io.vpcep.operator.sync.Mirror;
import io.vpcep.operator.sync.MirroredService;
import io.vpcep.operator.sync.ProjectIdentity;
import io.vpcep.operator.sync.Write;
import io.vpcep.operator.sync.WriteReport;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts turns: each begins with the question whether the view is complete. */
final class CountingMirror implements Mirror {
  private final Mirror mirror;
  private final AtomicInteger turns;

  CountingMirror(Mirror mirror, AtomicInteger turns) {
    this.mirror = mirror;
    this.turns = turns;
  }

  @Override
  public boolean isComplete() {
    turns.incrementAndGet();
    return mirror.isComplete();
  }

  @Override
  public Optional<MirroredService> find(String namespace, String name) {
    return mirror.find(namespace, name);
  }

  @Override
  public Collection<MirroredService> ownedBy(ProjectIdentity project) {
    return mirror.ownedBy(project);
  }

  @Override
  public void recognized(ProjectIdentity project, MirroredService mirrored, long listedDigest) {
    mirror.recognized(project, mirrored, listedDigest);
  }

  @Override
  public WriteReport apply(ProjectIdentity project, List<Write> writes)
      throws InterruptedException {
    return mirror.apply(project, writes);
  }
}
