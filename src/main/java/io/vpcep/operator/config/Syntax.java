package io.vpcep.operator.config;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Kubernetes' syntax of names and label selectors (apimachinery: {@code util/validation} and {@code
 * labels.Parse}, equality-based and set-based), and our own of host patterns.
 */
final class Syntax {
  private static final String DNS_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final String DNS_SUBDOMAIN = DNS_LABEL + "(?:\\." + DNS_LABEL + ")*";
  private static final String VALUE = "[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?";
  private static final String KEY = "(?:" + DNS_SUBDOMAIN + "/)?" + VALUE;
  private static final String HOST_LABEL = "(?:\\*|" + DNS_LABEL + ")";

  private static final Pattern LABEL = Pattern.compile(DNS_LABEL);
  private static final Pattern SUBDOMAIN = Pattern.compile(DNS_SUBDOMAIN);
  private static final Pattern HOST = Pattern.compile("[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63})*");
  private static final Pattern HOST_PATTERN =
      Pattern.compile(HOST_LABEL + "(?:\\." + HOST_LABEL + ")*");
  private static final Pattern COMMA_OUTSIDE_PARENTHESES = Pattern.compile(",(?![^()]*\\))");
  private static final Pattern REQUIREMENT =
      Pattern.compile(
          ("!?\\s*KEY"
                  + "|KEY\\s*(?:=|==|!=)\\s*(?:VALUE)?"
                  + "|KEY\\s+(?:in|notin)\\s*\\(\\s*VALUE(?:\\s*,\\s*VALUE)*\\s*\\)")
              .replace("KEY", KEY)
              .replace("VALUE", VALUE));
  private static final int LONGEST_SUBDOMAIN = 253;

  private Syntax() {}

  /** A DNS label: name of a namespace. */
  static boolean isLabel(String text) {
    return LABEL.matcher(text).matches();
  }

  /** A DNS subdomain: name of a Lease. */
  static boolean isSubdomain(String text) {
    return text.length() <= LONGEST_SUBDOMAIN && SUBDOMAIN.matcher(text).matches();
  }

  /** A host in lower case; underscores are no part of one, and yet in use. */
  static boolean isHost(String text) {
    return text.length() <= LONGEST_SUBDOMAIN && HOST.matcher(text).matches();
  }

  /** A host in lower case, any of whose labels may be {@code *}. */
  static boolean isHostPattern(String text) {
    return text.length() <= LONGEST_SUBDOMAIN && HOST_PATTERN.matcher(text).matches();
  }

  /** A label selector of one requirement or more. */
  static boolean isSelector(String text) {
    return Arrays.stream(COMMA_OUTSIDE_PARENTHESES.split(text, -1))
        .map(String::strip)
        .allMatch(requirement -> REQUIREMENT.matcher(requirement).matches());
  }
}
