package io.vpcep.operator.sync;

/**
 * Tells, while a listing is read, for which of its services there is nothing to write: mostly since
 * the mirror shows them just so already. Nothing but the id of those has to be kept until the
 * listing ends, and that is nearly all of them.
 */
public interface Recognizer {
  /** Knows none: the whole listing is wanted. */
  Recognizer NONE = service -> false;

  /** True when nothing is to be written for {@code service} now. */
  boolean recognizes(ListedService service);
}
