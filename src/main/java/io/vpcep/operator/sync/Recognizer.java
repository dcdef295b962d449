package io.vpcep.operator.sync;

/**
 * Tells, while a listing is read, which of its services the mirror shows just so already. Nothing
 * but the id of those has to be kept until the listing ends, and that is nearly all of them.
 */
public interface Recognizer {
  /** Knows none: the whole listing is wanted. */
  Recognizer NONE = service -> false;

  /** True when there is nothing to write for {@code service}. */
  boolean recognizes(EndpointService service);
}
