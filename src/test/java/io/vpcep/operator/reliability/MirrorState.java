package io.vpcep.operator.reliability;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointService;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is in a namespace, without what differs between two namespaces that hold the same: uids,
 * versions, times, managed fields, the namespace itself, the port of the cloud and the digest of
 * it, and the number of the last request.
 *
 * @param objects everything that is left of the project and its services, by kind and name
 */
record MirrorState(Map<String, Object> objects) {
  private static final String MASK = "*";
  private static final Set<String> MASKED =
      Set.of(
          "uid",
          "resourceVersion",
          "managedFields",
          "creationTimestamp",
          "namespace",
          "lastTransitionTime",
          "lastSyncTime",
          "listedFrom",
          "lastHandledRequest",
          "vpcep.io/requestedAt",
          "endpoint");

  static MirrorState of(Sandbox sandbox) {
    KubernetesSerialization serialization = sandbox.admin().getKubernetesSerialization();
    Map<String, Object> objects = new TreeMap<>();
    VpcEndpointProject project = sandbox.project();
    if (project != null) {
      objects.put("project", masked(serialization.convertValue(project, Map.class)));
    }
    for (VpcEndpointService service : sandbox.services()) {
      objects.put(
          service.getMetadata().getName(),
          masked(
              serialization.convertValue(
                  serialization.convertValue(service, GenericKubernetesResource.class),
                  Map.class)));
    }
    return new MirrorState(objects);
  }

  /** The services alone. */
  Map<String, Object> services() {
    Map<String, Object> services = new TreeMap<>(objects);
    services.remove("project");
    return services;
  }

  private static Object masked(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new TreeMap<>();
      map.forEach((key, child) -> copy.put((String) key, maskedField((String) key, child)));
      return copy;
    }
    return value instanceof List<?> list ? list.stream().map(MirrorState::masked).toList() : value;
  }

  private static Object maskedField(String key, Object value) {
    return MASKED.contains(key) ? MASK : masked(value);
  }
}
