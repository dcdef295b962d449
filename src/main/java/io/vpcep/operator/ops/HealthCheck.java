package io.vpcep.operator.ops;

import java.util.Optional;

/**
 * A named check.
 *
 * @param name one word, such as {@code mirror}
 * @param probe what to ask; it must answer at once, since the kubelet waits for a few seconds at
 *     most
 */
public record HealthCheck(String name, Probe probe) {

  /** Says what is wrong. */
  @FunctionalInterface
  public interface Probe {
    /**
     * What is wrong, in one sentence without secrets; empty: nothing.
     *
     * @throws Exception anything; counts as a failed check
     */
    Optional<String> problem() throws Exception;
  }
}
