package io.vpcep.operator.cluster;

/** Is told of every write, and of each attempt that is followed by another. */
public interface WriteObserver {
  /**
   * A write ended.
   *
   * @param verb of {@link io.vpcep.operator.sync.Write#verb}
   * @param result {@code ok}, {@code conflict}, {@code superseded}, {@code error}, or {@code busy}
   *     for an attempt that is followed by another
   */
  void wrote(String verb, String result);
}
