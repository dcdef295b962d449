package io.vpcep.operator.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the API server itself counted: its metric {@code apiserver_request_total}. */
public final class RequestCounts {
  private static final Pattern SAMPLE =
      Pattern.compile("apiserver_request_total\\{([^}]*)\\} ([0-9.e+]+)");

  private RequestCounts() {}

  /** Requests so far that write resources of our group; {@code resource} null: both kinds. */
  public static long writes(KubernetesClient admin, String resource) {
    Matcher sample = SAMPLE.matcher(admin.raw("/metrics"));
    long writes = 0;
    while (sample.find()) {
      String labels = sample.group(1);
      boolean ours =
          labels.contains("group=\"vpcep.io\"")
              && (resource == null || labels.contains("resource=\"" + resource + "\""));
      if (ours && labels.matches(".*verb=\"(POST|PUT|PATCH|APPLY|DELETE)\".*")) {
        writes += (long) Double.parseDouble(sample.group(2));
      }
    }
    return writes;
  }
}
