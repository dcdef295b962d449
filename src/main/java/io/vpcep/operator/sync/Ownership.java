package io.vpcep.operator.sync;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.vpcep.operator.crd.ApiGroup;
import io.vpcep.operator.crd.VpcEndpointService;
import java.util.ArrayList;
import java.util.List;

/** Which project a mirrored service belongs to. */
public final class Ownership {
  private static final String PROJECT = "VpcEndpointProject";

  private Ownership() {}

  /** The owner reference that is marked as controller, or null. */
  static OwnerReference controllerOf(HasMetadata resource) {
    for (OwnerReference owner : resource.getMetadata().getOwnerReferences()) {
      if (Boolean.TRUE.equals(owner.getController())) {
        return owner;
      }
    }
    return null;
  }

  /**
   * The name of the project that a resource belongs to: of its controller; without one, the project
   * that its spec names, so that a resource that lost its owner reference finds home; else empty. A
   * controller of another kind is a stranger's, which {@code "?"}, the name of no project, says.
   */
  public static String claimant(VpcEndpointService service) {
    OwnerReference controller = controllerOf(service);
    if (controller != null) {
      return isProject(controller) ? controller.getName() : "?";
    }
    if (service.getSpec() == null || service.getSpec().projectRef() == null) {
      return "";
    }
    String named = service.getSpec().projectRef().name();
    return named == null ? "" : named;
  }

  /** Any version of our group: kinds of other groups may have the same name. */
  private static boolean isProject(OwnerReference owner) {
    String apiVersion = owner.getApiVersion();
    return PROJECT.equals(owner.getKind())
        && apiVersion != null
        && apiVersion.startsWith(ApiGroup.NAME + "/");
  }

  /** True when {@code project} may write the resource: it is its own, or nobody's. */
  public static boolean mayWrite(ProjectIdentity project, String claimant) {
    return claimant.isEmpty() || claimant.equals(project.name());
  }

  /** The owner reference of what {@code project} mirrors. */
  static OwnerReference reference(ProjectIdentity project) {
    return new OwnerReferenceBuilder()
        .withApiVersion(ApiGroup.NAME + "/" + ApiGroup.VERSION)
        .withKind(PROJECT)
        .withName(project.name())
        .withUid(project.uid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }

  /** {@code present} with its controller replaced by that of {@code wanted}; others are kept. */
  public static List<OwnerReference> replaceController(
      List<OwnerReference> present, List<OwnerReference> wanted) {
    List<OwnerReference> merged = new ArrayList<>(wanted);
    for (OwnerReference owner : present) {
      boolean sameUid = wanted.stream().anyMatch(ours -> ours.getUid().equals(owner.getUid()));
      if (!Boolean.TRUE.equals(owner.getController()) && !sameUid) {
        merged.add(owner);
      }
    }
    return merged;
  }
}
