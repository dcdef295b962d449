package io.vpcep.operator.crd;

/** Keys of the labels and annotations that the operator writes or reads. */
public final class Labels {
  /** Label of every mirrored service; its value is {@link #OPERATOR}. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** The value of {@link #MANAGED_BY}. */
  public static final String OPERATOR = "vpcep-operator";

  /** Label: name of the project, or a stable short form of it. */
  public static final String PROJECT = "vpcep.io/project";

  /** Label: the service type, where it is a valid label value. */
  public static final String SERVICE_TYPE = "vpcep.io/service-type";

  /** Label: the server type, where it is a valid label value. */
  public static final String SERVER_TYPE = "vpcep.io/server-type";

  /** Label: the VPC, where its id is a valid label value. */
  public static final String VPC_ID = "vpcep.io/vpc-id";

  /** Annotation on a project: a new value syncs at once. */
  public static final String REQUESTED_AT = "vpcep.io/requestedAt";

  /** Annotation on a project: a blocked prune of at most so many services may go ahead once. */
  public static final String CONFIRM_PRUNE = "vpcep.io/confirm-prune";

  private Labels() {}
}
