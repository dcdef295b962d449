package io.vpcep.operator.cluster;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import io.vpcep.operator.sync.ContentDigest;
import io.vpcep.operator.sync.LastKnown;
import io.vpcep.operator.sync.MirroredService;
import io.vpcep.operator.sync.Ownership;
import io.vpcep.operator.sync.ProjectIdentity;
import io.vpcep.operator.sync.ServiceConditions;
import io.vpcep.operator.sync.Write;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Does one write. Each carries what it expects, so that a second writer, or a user, is never
 * overwritten unseen; what the server answers goes into the index at once.
 */
final class MirrorWriter {
  private static final WriteOutcome DONE = new WriteOutcome.Done();
  private static final WriteOutcome SUPERSEDED = new WriteOutcome.Superseded();
  private static final WriteOutcome FOREIGN = new WriteOutcome.Foreign();

  private final KubernetesClient client;
  private final MirrorRequests requests;
  private final MirrorIndex index;
  private final ResourceReader reader;
  private final InstantSource clock;

  MirrorWriter(
      KubernetesClient client, MirrorIndex index, ResourceReader reader, InstantSource clock) {
    this.client = client;
    this.requests = new MirrorRequests(client);
    this.index = index;
    this.reader = reader;
    this.clock = clock;
  }

  /** Does {@code write} for {@code project}; a refusal is an outcome, not an exception. */
  WriteOutcome write(ProjectIdentity project, Write write) {
    index.began(project.namespace(), write.name());
    try {
      return dispatch(project, write);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HTTP_CONFLICT) {
        refresh(project.namespace(), write.name());
        return SUPERSEDED;
      }
      if (e.getCode() == HTTP_NOT_FOUND) {
        index.removed(project.namespace(), write.name());
        return SUPERSEDED;
      }
      return refused(e);
    } finally {
      index.ended(project.namespace(), write.name());
    }
  }

  private static WriteOutcome refused(KubernetesClientException e) {
    String problem = KubernetesProblem.describe(e);
    if (KubernetesProblem.isBusy(e)) {
      return new WriteOutcome.Busy(problem);
    }
    return KubernetesProblem.isUnreachable(e)
        ? new WriteOutcome.Unanswered(problem)
        : new WriteOutcome.Refused(problem);
  }

  private WriteOutcome dispatch(ProjectIdentity project, Write write) {
    if (write instanceof Write.Create create) {
      return create(project, create.resource().get());
    }
    if (write instanceof Write.UpdateStatus update) {
      putStatus(project.namespace(), update.name(), update.resourceVersion(), update.status());
      return DONE;
    }
    if (write instanceof Write.Repair repair) {
      return repair(project, repair.wanted().get());
    }
    if (write instanceof Write.Mark mark) {
      return mark(project, mark);
    }
    return prune(project, (Write.Prune) write);
  }

  private WriteOutcome create(ProjectIdentity project, VpcEndpointService wanted) {
    VpcEndpointService created;
    try {
      created = requests.create(withoutStatus(wanted));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HTTP_CONFLICT) {
        return repair(project, wanted);
      }
      // Not found is the namespace here, not a resource that somebody deleted.
      return refused(e);
    }
    remember(created);
    putStatusFor(created, wanted.getStatus());
    return DONE;
  }

  private WriteOutcome repair(ProjectIdentity project, VpcEndpointService wanted) {
    return bringInto(project, wanted.getMetadata().getName(), present -> wanted);
  }

  private WriteOutcome mark(ProjectIdentity project, Write.Mark mark) {
    return bringInto(
        project,
        mark.name(),
        present -> LastKnown.marked(present, project, mark.phase(), clock.instant()));
  }

  private WriteOutcome bringInto(
      ProjectIdentity project, String name, UnaryOperator<VpcEndpointService> shape) {
    VpcEndpointService present = read(project.namespace(), name);
    if (present == null) {
      return SUPERSEDED;
    }
    if (!Ownership.mayWrite(project, Ownership.claimant(present))) {
      return FOREIGN;
    }
    if (present.isMarkedForDeletion()) {
      // It goes whatever is written; the next sync that finds it gone creates it anew.
      return SUPERSEDED;
    }
    writeDifference(present, shape.apply(present));
    return DONE;
  }

  private void writeDifference(VpcEndpointService found, VpcEndpointService wanted) {
    ContentDigest digest = new ContentDigest();
    VpcEndpointService present =
        digest.ofIdentity(found) == digest.ofIdentity(wanted)
            ? found
            : update(merge(found, wanted));
    Long generation = present.getMetadata().getGeneration();
    VpcEndpointServiceStatus status = onTopOf(present, wanted.getStatus(), generation);
    if (digest.ofStatus(present.getStatus(), generation) != digest.ofStatus(status, generation)) {
      putStatusFor(present, status);
    }
  }

  private static VpcEndpointServiceStatus onTopOf(
      VpcEndpointService present, VpcEndpointServiceStatus wanted, Long generation) {
    List<Condition> before = present.getStatus() == null ? null : present.getStatus().conditions();
    return wanted.with(ServiceConditions.keepingTimes(wanted.conditions(), before), generation);
  }

  private WriteOutcome prune(ProjectIdentity project, Write.Prune prune) {
    client
        .resources(VpcEndpointService.class)
        .inNamespace(project.namespace())
        .withName(prune.name())
        .lockResourceVersion(prune.resourceVersion())
        .delete();
    index.deleted(project.namespace(), prune.name());
    return DONE;
  }

  private void putStatusFor(VpcEndpointService present, VpcEndpointServiceStatus status) {
    putStatus(
        present.getMetadata().getNamespace(),
        present.getMetadata().getName(),
        present.getMetadata().getResourceVersion(),
        status.of(present.getMetadata().getGeneration()));
  }

  /** A status write takes name, version and status; the server ignores everything else. */
  private void putStatus(
      String namespace, String name, String resourceVersion, VpcEndpointServiceStatus status) {
    VpcEndpointService update = new VpcEndpointService();
    update.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(name)
            .withResourceVersion(resourceVersion)
            .build());
    update.setStatus(status);
    remember(requests.putStatus(update));
  }

  /**
   * Updates the resource without its status. The answer holds the status as somebody left it, and
   * so is read in a form that decodes whatever it is.
   */
  private VpcEndpointService update(VpcEndpointService merged) {
    return remember(
        reader.typed(
            client
                .genericKubernetesResources(MirrorKind.CONTEXT)
                .inNamespace(merged.getMetadata().getNamespace())
                .resource(reader.generic(merged))
                .update()));
  }

  private VpcEndpointService remember(VpcEndpointService answer) {
    index.answered(
        answer.getMetadata().getNamespace(), MirroredService.of(answer, new ContentDigest()));
    return answer;
  }

  /** Reads what is there now, in a form that decodes whatever it is; null: nothing is there. */
  private VpcEndpointService read(String namespace, String name) {
    GenericKubernetesResource present =
        client
            .genericKubernetesResources(MirrorKind.CONTEXT)
            .inNamespace(namespace)
            .withName(name)
            .get();
    if (present == null) {
      index.removed(namespace, name);
      return null;
    }
    index.answered(namespace, reader.read(present));
    return reader.typed(present);
  }

  private void refresh(String namespace, String name) {
    try {
      read(namespace, name);
    } catch (KubernetesClientException e) {
      // The view stays as it is until the watch or the next write shows more.
    }
  }

  private static VpcEndpointService withoutStatus(VpcEndpointService wanted) {
    VpcEndpointService resource = new VpcEndpointService();
    resource.setMetadata(wanted.getMetadata());
    resource.setSpec(wanted.getSpec());
    return resource;
  }

  /** What is wanted, with the labels, annotations, owners and finalizers of others. */
  private static VpcEndpointService merge(VpcEndpointService present, VpcEndpointService wanted) {
    Map<String, String> labels = new HashMap<>();
    if (present.getMetadata().getLabels() != null) {
      labels.putAll(present.getMetadata().getLabels());
    }
    labels.keySet().removeAll(List.of(Labels.SERVICE_TYPE, Labels.SERVER_TYPE, Labels.VPC_ID));
    labels.putAll(wanted.getMetadata().getLabels());
    VpcEndpointService merged = new VpcEndpointService();
    merged.setMetadata(
        new ObjectMetaBuilder(present.getMetadata())
            .withLabels(labels)
            .withOwnerReferences(
                Ownership.replaceController(
                    present.getMetadata().getOwnerReferences(),
                    wanted.getMetadata().getOwnerReferences()))
            .build());
    merged.setSpec(wanted.getSpec());
    merged.setStatus(present.getStatus());
    return merged;
  }
}
