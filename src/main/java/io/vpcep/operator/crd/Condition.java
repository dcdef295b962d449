package io.vpcep.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/**
 * One condition in the shape of {@code metav1.Condition}. Read by kstatus: {@code Ready}, {@code
 * Reconciling}, {@code Stalled}.
 *
 * @param lastTransitionTime RFC 3339, whole seconds, UTC; moves only when {@code status} does
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
    @Required @JsonPropertyDescription("Ready, Reconciling or Stalled.") String type,
    @Required @JsonPropertyDescription("True, False or Unknown.") String status,
    @JsonPropertyDescription("The metadata.generation that this condition was computed from.")
        Long observedGeneration,
    @JsonPropertyDescription(
            "When the status last changed; a new reason or message alone keeps it.")
        String lastTransitionTime,
    @JsonPropertyDescription("A CamelCase constant that says why the condition has this status.")
        String reason,
    @JsonPropertyDescription("A sentence for people; may change without the status changing.")
        String message) {

  /** Type of the summary condition. */
  public static final String READY = "Ready";

  /** Present and True while the operator, or the cloud, is still working towards a final state. */
  public static final String RECONCILING = "Reconciling";

  /** Present and True when nothing will move without an action from outside. */
  public static final String STALLED = "Stalled";

  /** Status values of a condition. */
  public static final String TRUE = "True";

  /** See {@link #TRUE}. */
  public static final String FALSE = "False";

  /** See {@link #TRUE}. */
  public static final String UNKNOWN = "Unknown";

  /** The same condition, said to be of {@code generation}. */
  public Condition of(Long generation) {
    return new Condition(type, status, generation, lastTransitionTime, reason, message);
  }

  /** The same condition, with another time of its last transition. */
  public Condition since(String time) {
    return new Condition(type, status, observedGeneration, time, reason, message);
  }
}
