package io.vpcep.operator.simulator;

import java.util.Locale;

/** What goes wrong with every listing of a project until another fault is set. */
public enum Fault {
  /** Nothing: the listing is answered. */
  NONE,
  /** 500 with an error body of the service. */
  SERVER_ERROR,
  /** 429 with an error body of the gateway and {@code Retry-After: 1}. */
  THROTTLED,
  /** 403 {@code EndPoint.0004}: the credentials are good, and lack the permission. */
  FORBIDDEN,
  /** 200 with a page of HTML, as a firewall in front of a cloud answers. */
  HTML,
  /** 200 with the right length and half of the body, then the connection is closed. */
  CUT_BODY,
  /** 200 without a service, as for credentials that see nothing any more. */
  EMPTY,
  /**
   * The total count of the first page is one more than that of the others, and than there are
   * services: as if one were deleted in each listing.
   */
  TORN,
  /**
   * 200 with a full page of services that were never listed before and a total count that stays
   * ahead of what was listed, for any offset.
   */
  ENDLESS_LIST,
  /** 200 with one service whose description has 10,000,000 characters. */
  HUGE_STRINGS,
  /** The listing, 16 bytes a tenth of a second; the rest at once when another fault is set. */
  SLOW,
  /** Not a byte: the connection stays open until another fault is set, and is then closed. */
  HANG;

  /** As options write it: {@code cut-body}. */
  public String optionName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
