package io.vpcep.operator.sync;

import java.util.List;
import java.util.stream.Stream;

/**
 * What became of the writes of a plan.
 *
 * @param superseded writes that came to nothing since others wrote, or deleted, the same at the
 *     same time: what is there now is planned with anew
 * @param conflicts names of resources that turned out to be another project's
 * @param failures what the Kubernetes API refused
 */
public record WriteReport(
    int created,
    int updated,
    int pruned,
    int superseded,
    List<String> conflicts,
    List<Failure> failures) {

  /** Nothing was to be written. */
  public static final WriteReport NOTHING = new WriteReport(0, 0, 0, 0, List.of(), List.of());

  /**
   * One write that came to nothing; it is planned anew in the next sync.
   *
   * @param problem a clause for people, such as {@code 403: may not create vpcendpointservices}
   */
  public record Failure(String name, String problem) {}

  /** Copies the lists. */
  public WriteReport {
    conflicts = List.copyOf(conflicts);
    failures = List.copyOf(failures);
  }

  /** What became of the writes of both. */
  WriteReport plus(WriteReport other) {
    return new WriteReport(
        created + other.created,
        updated + other.updated,
        pruned + other.pruned,
        superseded + other.superseded,
        joined(conflicts, other.conflicts),
        joined(failures, other.failures));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** True when the mirror is not as it was before. */
  public boolean changedAnything() {
    return created + updated + pruned > 0;
  }
}
