package io.vpcep.operator.sync;

import java.util.Optional;

/**
 * Tells, while a listing is read, for which of its services there is nothing to write: mostly since
 * the mirror shows them just so already. Nothing but names has to be kept of those until the
 * listing ends, and that is nearly all of them.
 */
public interface Recognizer {
  /** Knows none: the whole listing is wanted. */
  Recognizer NONE = service -> Optional.empty();

  /**
   * The name of the resource that mirrors {@code service}, or is to mirror it, when nothing is to
   * be written for it now; empty: it may have to be written.
   */
  Optional<String> recognize(ListedService service);
}
