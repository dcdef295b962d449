package io.vpcep.operator.controller;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes the status of a project with the resource version that it was computed from. Where
 * somebody changed the project meanwhile, but not its status, the write is made on top of that.
 * What keeps a status from being written is logged once for each project, until it changes.
 */
public final class KubernetesStatusWriter implements StatusWriter {
  private static final Logger log = LoggerFactory.getLogger(KubernetesStatusWriter.class);

  /** Projects in trouble at a time of which it is known. */
  private static final int MOST_IN_TROUBLE = 10_000;

  private final KubernetesClient client;
  private final KnownTrouble trouble = new KnownTrouble(MOST_IN_TROUBLE);

  /** Writes through {@code client}. */
  public KubernetesStatusWriter(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<VpcEndpointProject> write(
      VpcEndpointProject seen, VpcEndpointProjectStatus status) {
    try {
      Optional<VpcEndpointProject> written = putOrGiveWay(seen, status);
      answered(seen);
      return written;
    } catch (KubernetesClientException e) {
      failed(seen, e);
      return Optional.empty();
    }
  }

  private Optional<VpcEndpointProject> putOrGiveWay(
      VpcEndpointProject seen, VpcEndpointProjectStatus status) {
    try {
      return Optional.of(put(seen, status));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HTTP_CONFLICT) {
        return writeOnTop(seen, status);
      }
      throw e;
    }
  }

  private Optional<VpcEndpointProject> writeOnTop(
      VpcEndpointProject seen, VpcEndpointProjectStatus status) {
    VpcEndpointProject present = client.resource(seen).get();
    if (present == null || !sameObject(present, seen)) {
      return Optional.empty();
    }
    if (!Objects.equals(present.getStatus(), seen.getStatus())) {
      log.atDebug().addKeyValue("project", name(seen)).log("Another writer changed the status");
      return Optional.empty();
    }
    return Optional.of(put(present, status));
  }

  private static boolean sameObject(VpcEndpointProject a, VpcEndpointProject b) {
    return Objects.equals(a.getMetadata().getUid(), b.getMetadata().getUid());
  }

  /** The server takes the status alone, but checks the whole: the spec goes along. */
  private VpcEndpointProject put(VpcEndpointProject seen, VpcEndpointProjectStatus status) {
    VpcEndpointProject update = new VpcEndpointProject();
    update.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(seen.getMetadata().getNamespace())
            .withName(seen.getMetadata().getName())
            .withResourceVersion(seen.getMetadata().getResourceVersion())
            .build());
    update.setSpec(seen.getSpec());
    update.setStatus(status);
    return client.resource(update).updateStatus();
  }

  private void failed(VpcEndpointProject seen, KubernetesClientException e) {
    String project = name(seen);
    if (e.getCode() == HTTP_NOT_FOUND) {
      trouble.over(project);
      log.atDebug().addKeyValue("project", project).log("The project is gone");
      return;
    }
    // It is tried again every few seconds, for each project: what lasts is told once.
    log.atLevel(trouble.met(project, e.getCode()) ? Level.WARN : Level.DEBUG)
        .addKeyValue("project", project)
        .addKeyValue("code", e.getCode())
        .log(
            "The status of the project could not be written; it will be again: {}", e.getMessage());
  }

  private void answered(VpcEndpointProject seen) {
    if (trouble.over(name(seen))) {
      log.atInfo()
          .addKeyValue("project", name(seen))
          .log("The status of the project can be written again");
    }
  }

  private static String name(VpcEndpointProject project) {
    return project.getMetadata().getNamespace() + "/" + project.getMetadata().getName();
  }
}
