package io.vpcep.operator.reliability;

import java.util.List;
import java.util.Set;

/**
 * A request that came to a {@link FaultProxy}.
 *
 * @param method such as {@code GET}
 * @param target path and query, as sent
 */
public record ApiRequest(String method, String target) {
  /** Plural name of VpcEndpointService. */
  public static final String SERVICES = "vpcendpointservices";

  static final String PROJECTS = "vpcendpointprojects";
  static final String EVENTS = "events";
  static final String LEASES = "leases";

  private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "DELETE");

  boolean isWrite() {
    return WRITING.contains(method);
  }

  boolean isWatch() {
    return target.contains("watch=true");
  }

  boolean isStatus() {
    return path().endsWith("/status");
  }

  /** True for requests about a kind of resource by its plural name, or about an object by name. */
  public boolean isAbout(String plural) {
    return List.of(path().split("/")).contains(plural);
  }

  /** True for what makes up the mirror: writes of services and projects, not events or leases. */
  boolean writesOurs() {
    return isWrite() && (isAbout(SERVICES) || isAbout(PROJECTS));
  }

  /** True for requests that change resources of a kind. */
  public boolean writes(String plural) {
    return isWrite() && isAbout(plural);
  }

  private String path() {
    return target.split("\\?", 2)[0];
  }
}
