package io.vpcep.operator.controller;

import io.vpcep.operator.crd.Labels;
import io.vpcep.operator.crd.VpcEndpointProject;
import java.util.Map;

/** What people ask of a project by annotations. */
final class Annotations {
  private Annotations() {}

  static Map<String, String> of(VpcEndpointProject project) {
    Map<String, String> annotations = project.getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }

  /** The value of requestedAt, or null. */
  static String requestedAt(Map<String, String> annotations) {
    return nonEmpty(annotations.get(Labels.REQUESTED_AT));
  }

  /** The value of confirm-prune, or null. */
  static String confirmation(Map<String, String> annotations) {
    return nonEmpty(annotations.get(Labels.CONFIRM_PRUNE));
  }

  private static String nonEmpty(String value) {
    return value == null || value.isEmpty() ? null : value;
  }
}
