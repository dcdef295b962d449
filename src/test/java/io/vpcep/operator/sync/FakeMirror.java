package io.vpcep.operator.sync;

import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import io.vpcep.operator.sync.FakeCluster.Refused;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A mirror in memory that does what {@link Write} says, against resources that are kept the way an
 * API server keeps them. Beside the port it has what tests need: to look at the resources, to edit
 * them as somebody else would, and to make trouble.
 */
public final class FakeMirror implements Mirror {
  private final FakeCluster cluster = new FakeCluster();
  private final InstantSource clock;
  private final Map<String, MirroredService> view = new TreeMap<>();
  private final Map<String, String> refusals = new HashMap<>();
  private final List<Write> writes = new ArrayList<>();
  private boolean complete = true;
  private boolean watching = true;

  /**
   * An empty mirror.
   *
   * @param clock for the times of the conditions of {@link Write.Mark}
   */
  public FakeMirror(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized boolean isComplete() {
    return complete;
  }

  /** Says what {@link #isComplete} answers from now on; true at first. */
  public synchronized void setComplete(boolean complete) {
    this.complete = complete;
  }

  @Override
  public synchronized Optional<MirroredService> find(String namespace, String name) {
    return Optional.ofNullable(view.get(namespace + "/" + name));
  }

  @Override
  public synchronized Collection<MirroredService> ownedBy(ProjectIdentity project) {
    return view.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(project.namespace() + "/"))
        .map(Map.Entry::getValue)
        .filter(mirrored -> mirrored.claimant().equals(project.name()))
        .toList();
  }

  @Override
  public synchronized void recognized(
      ProjectIdentity project, MirroredService mirrored, long listedDigest) {
    view.replace(
        project.namespace() + "/" + mirrored.name(), mirrored, mirrored.showing(listedDigest));
  }

  @Override
  public synchronized WriteReport apply(ProjectIdentity project, List<Write> given)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Tally tally = new Tally();
    for (Write write : given) {
      writes.add(write);
      apply(project, write, tally);
    }
    return new WriteReport(
        tally.created,
        tally.updated,
        tally.pruned,
        tally.superseded,
        tally.conflicts,
        tally.failures);
  }

  /** Every write that was asked for, in order. */
  public synchronized List<Write> writes() {
    return List.copyOf(writes);
  }

  /** The resource as the API server shows it. */
  public synchronized VpcEndpointService read(String namespace, String name) {
    return cluster.find(namespace, name).orElseThrow();
  }

  /** All resources of a namespace as the API server shows them, by name. */
  public synchronized List<VpcEndpointService> list(String namespace) {
    return cluster.list(namespace);
  }

  /** From now on the API server refuses every write of {@code name}. */
  public synchronized void refuse(String name, String problem) {
    refusals.put(name, problem);
  }

  /** The API server takes every write again. */
  public synchronized void refuseNothing() {
    refusals.clear();
  }

  /** From now on what others do is not seen, as when a watch lags. */
  public synchronized void stopWatching() {
    watching = false;
  }

  /** What there is now is not seen, as when a watch begins late. */
  public synchronized void seesNothing() {
    view.clear();
  }

  /** Everything is seen again, also what was missed. */
  public synchronized void resumeWatching() {
    watching = true;
    view.clear();
    cluster.keys().forEach(key -> look(key.split("/", 2)[0], key.split("/", 2)[1]));
  }

  /** Somebody else creates a resource, status included. */
  public synchronized void createdByOthers(VpcEndpointService resource) {
    String namespace = resource.getMetadata().getNamespace();
    String name = resource.getMetadata().getName();
    try {
      VpcEndpointService created = cluster.create(resource);
      if (resource.getStatus() != null) {
        String version = created.getMetadata().getResourceVersion();
        cluster.updateStatus(namespace, name, version, resource.getStatus());
      }
    } catch (Refused e) {
      throw new IllegalStateException(e);
    }
    noticeIfWatching(namespace, name);
  }

  /** Somebody else changes a resource: metadata, spec or status. */
  public synchronized void editedByOthers(
      String namespace, String name, Consumer<VpcEndpointService> change) {
    VpcEndpointService edited = read(namespace, name);
    change.accept(edited);
    try {
      VpcEndpointService updated = cluster.update(edited);
      String version = updated.getMetadata().getResourceVersion();
      if (cluster.find(namespace, name).isPresent()) {
        cluster.updateStatus(namespace, name, version, edited.getStatus());
      }
    } catch (Refused e) {
      throw new IllegalStateException(e);
    }
    noticeIfWatching(namespace, name);
  }

  /** Somebody else deletes a resource; finalizers keep it, terminating. */
  public synchronized void deletedByOthers(String namespace, String name) {
    try {
      String version = read(namespace, name).getMetadata().getResourceVersion();
      cluster.delete(namespace, name, version);
    } catch (Refused e) {
      throw new IllegalStateException(e);
    }
    noticeIfWatching(namespace, name);
  }

  private void noticeIfWatching(String namespace, String name) {
    if (watching) {
      look(namespace, name);
    }
  }

  private Optional<VpcEndpointService> look(String namespace, String name) {
    Optional<VpcEndpointService> present = cluster.find(namespace, name);
    String key = namespace + "/" + name;
    present.ifPresentOrElse(
        resource -> view.put(key, MirroredService.of(resource, new ContentDigest())),
        () -> view.remove(key));
    return present;
  }

  private static final class Tally {
    private int created;
    private int updated;
    private int pruned;
    private int superseded;
    private final List<String> conflicts = new ArrayList<>();
    private final List<WriteReport.Failure> failures = new ArrayList<>();
  }

  private void apply(ProjectIdentity project, Write write, Tally tally) {
    String problem = refusals.get(write.name());
    if (problem != null) {
      tally.failures.add(new WriteReport.Failure(write.name(), problem));
      return;
    }
    try {
      if (write instanceof Write.Create create) {
        create(project, create.resource().get(), tally);
      } else if (write instanceof Write.UpdateStatus update) {
        cluster.updateStatus(
            project.namespace(), update.name(), update.resourceVersion(), update.status());
        tally.updated++;
      } else if (write instanceof Write.Repair repair) {
        tally.updated += repair(project, repair.wanted().get(), tally) ? 1 : 0;
      } else if (write instanceof Write.Mark mark) {
        mark(project, mark, tally);
      } else if (write instanceof Write.Prune prune) {
        cluster.delete(project.namespace(), prune.name(), prune.resourceVersion());
        tally.pruned++;
      }
    } catch (Refused somebodyWasFaster) {
      tally.superseded++;
    } finally {
      look(project.namespace(), write.name());
    }
  }

  /** What exists already is brought into shape instead, if it may be. */
  private void create(ProjectIdentity project, VpcEndpointService wanted, Tally tally)
      throws Refused {
    String name = wanted.getMetadata().getName();
    if (cluster.find(project.namespace(), name).isPresent()) {
      tally.created += repair(project, wanted, tally) ? 1 : 0;
      return;
    }
    putStatus(cluster.create(wanted), wanted.getStatus());
    tally.created++;
  }

  private boolean repair(ProjectIdentity project, VpcEndpointService wanted, Tally tally)
      throws Refused {
    String name = wanted.getMetadata().getName();
    return bring(project, cluster.get(project.namespace(), name), wanted, tally);
  }

  private boolean bring(
      ProjectIdentity project, VpcEndpointService present, VpcEndpointService wanted, Tally tally)
      throws Refused {
    if (isForeign(project, present, tally)) {
      return false;
    }
    if (present.isMarkedForDeletion()) {
      tally.superseded++;
      return false;
    }
    present.getMetadata().setLabels(mergedLabels(present, wanted));
    present
        .getMetadata()
        .setOwnerReferences(
            Ownership.replaceController(
                present.getMetadata().getOwnerReferences(),
                wanted.getMetadata().getOwnerReferences()));
    present.setSpec(wanted.getSpec());
    putStatus(cluster.update(present), wanted.getStatus());
    return true;
  }

  private static Map<String, String> mergedLabels(
      VpcEndpointService present, VpcEndpointService wanted) {
    Map<String, String> labels = new HashMap<>();
    if (present.getMetadata().getLabels() != null) {
      labels.putAll(present.getMetadata().getLabels());
    }
    labels.keySet().removeAll(List.of(Labels.SERVICE_TYPE, Labels.SERVER_TYPE, Labels.VPC_ID));
    labels.putAll(wanted.getMetadata().getLabels());
    return labels;
  }

  private void mark(ProjectIdentity project, Write.Mark mark, Tally tally) throws Refused {
    VpcEndpointService present = cluster.get(project.namespace(), mark.name());
    VpcEndpointService wanted = LastKnown.marked(present, project, mark.phase(), clock.instant());
    tally.updated += bring(project, present, wanted, tally) ? 1 : 0;
  }

  private static boolean isForeign(
      ProjectIdentity project, VpcEndpointService present, Tally tally) {
    boolean foreign = !Ownership.mayWrite(project, Ownership.claimant(present));
    if (foreign) {
      tally.conflicts.add(present.getMetadata().getName());
    }
    return foreign;
  }

  private void putStatus(VpcEndpointService present, VpcEndpointServiceStatus status)
      throws Refused {
    cluster.updateStatus(
        present.getMetadata().getNamespace(),
        present.getMetadata().getName(),
        present.getMetadata().getResourceVersion(),
        status.of(present.getMetadata().getGeneration()));
  }
}
