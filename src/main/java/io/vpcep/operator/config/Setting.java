package io.vpcep.operator.config;

import java.util.Locale;

/**
 * The settings of {@code run}, as data: each is an environment variable and an option, and the
 * options of the command are made from this list.
 */
public enum Setting {
  /** Namespaces whose projects are mirrored. */
  WATCH_NAMESPACES("", "Comma-separated namespaces to watch; empty: all."),
  /** The share of the projects that this replica serves. */
  PROJECT_SELECTOR("", "Label selector on VpcEndpointProjects: this replica's share; empty: all."),
  /** Port of the health and metrics endpoints. */
  HTTP_PORT("8080", "Port of /livez, /readyz and /metrics; 0: any free port, logged."),
  /** Whether replicas elect the one that writes. */
  LEADER_ELECTION("true", "true or false: whether replicas elect one that writes."),
  /** Name of the Lease. */
  LEASE_NAME("vpcep-operator", "Name of the Lease of the leader election."),
  /** Hosts that projects may name. */
  ALLOWED_ENDPOINTS(
      "",
      "Comma-separated host patterns, such as vpcep.*.myhuaweicloud.com, that projects may name;"
          + " empty: any public host."),
  /** Whether projects may name plain http and addresses that are not public. */
  ALLOW_INSECURE_ENDPOINTS(
      "false", "true: projects may name plain http and loopback, link-local or private addresses."),
  /** How log lines look. */
  LOG_FORMAT("text", "text or json.");

  static final String PREFIX = "VPCEP_";

  private final String defaultValue;
  private final String description;

  Setting(String defaultValue, String description) {
    this.defaultValue = defaultValue;
    this.description = description;
  }

  /** Name of the environment variable, such as {@code VPCEP_HTTP_PORT}. */
  public String environmentName() {
    return PREFIX + name();
  }

  /** Name of the option, such as {@code --http-port}. */
  public String optionName() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it does and what may be written, in one sentence. */
  public String description() {
    return description;
  }

  /** What holds where nothing is set, in the form in which it would be written; may be empty. */
  public String defaultValue() {
    return defaultValue;
  }

  /** Whether the values are true and false. */
  public boolean isSwitch() {
    return this == LEADER_ELECTION || this == ALLOW_INSECURE_ENDPOINTS;
  }
}
