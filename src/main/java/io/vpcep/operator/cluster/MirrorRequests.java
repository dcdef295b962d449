package io.vpcep.operator.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vpcep.operator.crd.VpcEndpointService;

/**
 * The two requests that a first sync consists of. A typed operation of the client would copy what
 * it sends, look up how its kind is handled, and build its address in many steps, each time.
 */
final class MirrorRequests {
  private static final String NAMESPACES =
      "/apis/"
          + MirrorKind.CONTEXT.getGroup()
          + "/"
          + MirrorKind.CONTEXT.getVersion()
          + "/namespaces/";

  private final KubernetesClient client;
  private final KubernetesSerialization serialization;

  MirrorRequests(KubernetesClient client) {
    this.client = client;
    this.serialization = client.getKubernetesSerialization();
  }

  /** Creates {@code resource} in its namespace. */
  VpcEndpointService create(VpcEndpointService resource) {
    return send("POST", path(resource), resource);
  }

  /** Writes the status of {@code resource}, which holds the version that it expects. */
  VpcEndpointService putStatus(VpcEndpointService resource) {
    return send(
        "PUT", path(resource) + "/" + resource.getMetadata().getName() + "/status", resource);
  }

  private static String path(VpcEndpointService resource) {
    return NAMESPACES
        + resource.getMetadata().getNamespace()
        + "/"
        + MirrorKind.CONTEXT.getPlural();
  }

  private VpcEndpointService send(String method, String path, VpcEndpointService resource) {
    String answer = client.raw(path, method, resource);
    try {
      VpcEndpointService decoded = serialization.unmarshal(answer, VpcEndpointService.class);
      if (decoded == null || decoded.getMetadata() == null) {
        throw new KubernetesClientException("the Kubernetes API's answer is no resource");
      }
      return decoded;
    } catch (KubernetesClientException e) {
      throw e;
    } catch (RuntimeException e) {
      // What is no JSON is read as YAML, whose parser has exceptions of its own.
      throw new KubernetesClientException("the Kubernetes API's answer is unreadable", e);
    }
  }
}
