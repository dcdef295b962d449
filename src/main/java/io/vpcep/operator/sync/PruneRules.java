package io.vpcep.operator.sync;

/**
 * When the mirror of a service that complete listings lack may go.
 *
 * @param delete false: it stays, marked (policy Orphan)
 * @param afterMisses complete listings in a row that must lack it, at least 1
 * @param maxPercent of the mirrored services that may go at once, 0 to 100
 */
public record PruneRules(boolean delete, int afterMisses, int maxPercent) {
  /** So many may always go at once: a share of a few services says nothing. */
  static final int ALWAYS_ALLOWED = 5;

  /** How many of {@code mirrored} services may go at once. */
  long limit(long mirrored) {
    return Math.max(ALWAYS_ALLOWED, mirrored * maxPercent / 100);
  }
}
