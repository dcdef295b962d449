package io.vpcep.operator;

import io.fabric8.kubernetes.client.Config;
import io.vpcep.operator.config.InvalidSettings;
import io.vpcep.operator.config.OperatorConfig;
import io.vpcep.operator.controller.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** The operator within this JVM, any number of times at once. */
public final class OperatorInstance implements AutoCloseable {
  private final OperatorAssembly assembly;

  private OperatorInstance(OperatorAssembly assembly) {
    this.assembly = assembly;
  }

  /**
   * Starts it for one namespace, without leader election and on a free port; returns when projects
   * are being watched.
   *
   * @param cluster where the cluster is and who we are
   * @param settings on top of these, or instead of them
   */
  public static OperatorInstance start(
      Config cluster, String namespace, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("VPCEP_HTTP_PORT", "0");
    all.put("VPCEP_LEADER_ELECTION", "false");
    all.put("VPCEP_ALLOW_INSECURE_ENDPOINTS", "true");
    all.put("VPCEP_WATCH_NAMESPACES", namespace);
    all.putAll(settings);
    try {
      return new OperatorInstance(
          OperatorAssembly.start(OperatorConfig.read(all), cluster, time(), () -> {}));
    } catch (InvalidSettings e) {
      throw new IllegalArgumentException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The real time, and chance. */
  public static Time time() {
    return Environment.time();
  }

  /** Where health and metrics are served. */
  public int httpPort() {
    return assembly.httpPort();
  }

  @Override
  public void close() {
    assembly.close();
  }
}
