package io.vpcep.operator.cluster;

/** Is told of every request that writes. */
public interface WriteObserver {
  /**
   * A write ended.
   *
   * @param verb of {@link io.vpcep.operator.sync.Write#verb}
   * @param result {@code ok}, {@code conflict}, {@code superseded} or {@code error}
   */
  void wrote(String verb, String result);
}
