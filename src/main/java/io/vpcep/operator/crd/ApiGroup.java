package io.vpcep.operator.crd;

/** Group and version of the resource types. */
public final class ApiGroup {
  /** The API group. */
  public static final String NAME = "vpcep.io";

  /** The served and stored version. */
  public static final String VERSION = "v1alpha1";

  private ApiGroup() {}
}
