package io.vpcep.operator.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.vpcep.operator.sync.Mirror;
import io.vpcep.operator.sync.MirroredService;
import io.vpcep.operator.sync.ProjectIdentity;
import io.vpcep.operator.sync.Write;
import io.vpcep.operator.sync.WriteReport;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The mirror in a Kubernetes cluster: a view that a watch keeps current, and bounded writes. */
public final class KubernetesMirror implements Mirror, AutoCloseable {
  /** Items of one page of the initial list: small enough to be read well within a time-out. */
  private static final long LIST_LIMIT = 500;

  private final MirrorIndex index = new MirrorIndex();
  private final List<SharedIndexInformer<GenericKubernetesResource>> informers = new ArrayList<>();
  private final PlanApplier applier;

  /**
   * A mirror that is not watching yet.
   *
   * @param namespaces to watch; empty: all
   */
  public KubernetesMirror(
      ClusterAccess cluster,
      Collection<String> namespaces,
      WriteObserver observer,
      InstantSource clock) {
    KubernetesClient client = cluster.client();
    ResourceReader reader = new ResourceReader(client.getKubernetesSerialization());
    MirrorWriter writer = new MirrorWriter(client, index, reader, clock);
    this.applier = new PlanApplier(writer, cluster.pace(), observer);
    Collection<String> scopes = namespaces.isEmpty() ? Collections.singleton(null) : namespaces;
    for (String scope : scopes) {
      informers.add(informer(client, new MirrorItemStore(index, reader, scope), scope));
    }
  }

  private static SharedIndexInformer<GenericKubernetesResource> informer(
      KubernetesClient client, MirrorItemStore store, String scope) {
    var kind = client.genericKubernetesResources(MirrorKind.CONTEXT);
    SharedIndexInformer<GenericKubernetesResource> informer =
        scope == null
            ? kind.inAnyNamespace().withLimit(LIST_LIMIT).runnableInformer(0)
            : kind.inNamespace(scope).withLimit(LIST_LIMIT).runnableInformer(0);
    informer.itemStore(store);
    // The index has its own ways to find things: no second one is kept beside it.
    informer.removeNamespaceIndex();
    // A CRD that comes later, a role that is granted later: the view is complete then.
    informer.exceptionHandler((started, problem) -> true);
    return informer;
  }

  /** Begins to watch; returns at once, {@link #isComplete} tells when everything was seen. */
  public void start() {
    informers.forEach(SharedIndexInformer::start);
  }

  /** True unless a watch gave up for good, which none is meant to do. */
  public boolean isRunning() {
    return informers.stream().allMatch(SharedIndexInformer::isRunning);
  }

  @Override
  public boolean isComplete() {
    return informers.stream().allMatch(SharedIndexInformer::hasSynced);
  }

  @Override
  public Optional<MirroredService> find(String namespace, String name) {
    return Optional.ofNullable(index.find(namespace, name));
  }

  @Override
  public Collection<MirroredService> ownedBy(ProjectIdentity project) {
    return index.claimedBy(project.namespace(), project.name());
  }

  @Override
  public void recognized(ProjectIdentity project, MirroredService mirrored, long listedDigest) {
    index.recognized(project.namespace(), mirrored, listedDigest);
  }

  @Override
  public WriteReport apply(ProjectIdentity project, List<Write> writes)
      throws InterruptedException {
    return writes.isEmpty() ? WriteReport.NOTHING : applier.apply(project, writes);
  }

  /** Stops watching, and waits for the writes under way. */
  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::stop);
    applier.close();
  }
}
