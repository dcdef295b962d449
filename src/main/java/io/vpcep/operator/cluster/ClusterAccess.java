package io.vpcep.operator.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.util.function.LongSupplier;

/** The connection to a Kubernetes API, which heeds what that says about its load. */
public final class ClusterAccess implements AutoCloseable {
  /** Requests at a time: the writers', those of syncs, and some that may hang. */
  private static final int MOST_REQUESTS = 64;

  private final KubernetesClient client;
  private final ApiServerPace pace;

  ClusterAccess(KubernetesClient client, ApiServerPace pace) {
    this.client = client;
    this.pace = pace;
  }

  /**
   * Connects to a cluster; nothing is sent yet.
   *
   * @param found where the cluster is and who we are
   */
  public static ClusterAccess to(Config found) {
    return to(found, System::nanoTime);
  }

  static ClusterAccess to(Config found, LongSupplier nanoTime) {
    ApiServerPace pace = new ApiServerPace(nanoTime);
    LeaseFence fence = new LeaseFence(nanoTime);
    Config config =
        new ConfigBuilder(found)
            // Its retries would ignore Retry-After. Writes have their own, and so have syncs.
            .withRequestRetryBackoffLimit(0)
            .withMaxConcurrentRequests(2 * MOST_REQUESTS)
            .withMaxConcurrentRequestsPerHost(MOST_REQUESTS)
            .withOauthTokenProvider(tokens(found))
            .build();
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withKubernetesSerialization(LenientDecoding.serialization())
            .withHttpClientBuilderConsumer(
                http ->
                    http.addOrReplaceInterceptor("pace", pace)
                        .addOrReplaceInterceptor("fence", fence))
            .build();
    return new ClusterAccess(client, pace);
  }

  /**
   * Who proves itself by a certificate has no token to renew. The client would look for one before
   * each request, in files and variables, once its first minute is over.
   */
  private static OAuthTokenProvider tokens(Config found) {
    boolean hasCertificate = found.getClientCertData() != null || found.getClientCertFile() != null;
    boolean hasToken =
        found.getOauthToken() != null
            || found.getAutoOAuthToken() != null
            || found.getAuthProvider() != null;
    boolean needsNone = hasCertificate && !hasToken && found.getOauthTokenProvider() == null;
    return needsNone ? () -> null : found.getOauthTokenProvider();
  }

  /** For everything but the writes of the mirror. */
  public KubernetesClient client() {
    return client;
  }

  ApiServerPace pace() {
    return pace;
  }

  @Override
  public void close() {
    client.close();
  }
}
