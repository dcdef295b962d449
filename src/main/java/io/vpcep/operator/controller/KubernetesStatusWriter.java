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

/**
 * Writes the status of a project with the resource version that it was computed from. Where
 * somebody changed the project meanwhile, but not its status, the write is made on top of that.
 */
public final class KubernetesStatusWriter implements StatusWriter {
  private static final Logger log = LoggerFactory.getLogger(KubernetesStatusWriter.class);
  private final KubernetesClient client;

  /** Writes through {@code client}. */
  public KubernetesStatusWriter(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<VpcEndpointProject> write(
      VpcEndpointProject seen, VpcEndpointProjectStatus status) {
    try {
      return Optional.of(put(seen, status));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HTTP_CONFLICT) {
        return writeOnTop(seen, status);
      }
      return failed(seen, e);
    }
  }

  private Optional<VpcEndpointProject> writeOnTop(
      VpcEndpointProject seen, VpcEndpointProjectStatus status) {
    try {
      VpcEndpointProject present = client.resource(seen).get();
      if (present == null || !sameObject(present, seen)) {
        return Optional.empty();
      }
      if (!Objects.equals(present.getStatus(), seen.getStatus())) {
        log.atDebug().addKeyValue("project", name(seen)).log("Another writer changed the status");
        return Optional.empty();
      }
      return Optional.of(put(present, status));
    } catch (KubernetesClientException e) {
      return failed(seen, e);
    }
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

  private static Optional<VpcEndpointProject> failed(
      VpcEndpointProject seen, KubernetesClientException e) {
    if (e.getCode() == HTTP_NOT_FOUND) {
      log.atDebug().addKeyValue("project", name(seen)).log("The project is gone");
      return Optional.empty();
    }
    log.atWarn()
        .addKeyValue("project", name(seen))
        .addKeyValue("code", e.getCode())
        .log(
            "The status of the project could not be written; it will be again: {}", e.getMessage());
    return Optional.empty();
  }

  private static String name(VpcEndpointProject project) {
    return project.getMetadata().getNamespace() + "/" + project.getMetadata().getName();
  }
}
