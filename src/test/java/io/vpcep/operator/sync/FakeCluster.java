package io.vpcep.operator.sync;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceStatus;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * VpcEndpointServices as an API server keeps them: as UTF-8 JSON, so that nobody gets back the
 * object that he wrote; under resource versions and generations; the status written on its own;
 * what has finalizers is deleted when the last of them goes. A write that changes nothing makes no
 * new version.
 */
final class FakeCluster {
  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final TreeMap<String, byte[]> stored = new TreeMap<>();
  private long lastVersion;

  /** HTTP 404, 409 or 422. */
  static final class Refused extends Exception {
    Refused(String message) {
      super(message);
    }
  }

  Optional<VpcEndpointService> find(String namespace, String name) {
    return Optional.ofNullable(stored.get(key(namespace, name))).map(this::decode);
  }

  VpcEndpointService get(String namespace, String name) throws Refused {
    return find(namespace, name).orElseThrow(() -> new Refused("404: " + name));
  }

  List<VpcEndpointService> list(String namespace) {
    return stored.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(namespace + "/"))
        .map(entry -> decode(entry.getValue()))
        .toList();
  }

  /** Every namespace and name, joined by a slash. */
  Stream<String> keys() {
    return List.copyOf(stored.keySet()).stream();
  }

  VpcEndpointService create(VpcEndpointService given) throws Refused {
    VpcEndpointService resource = decode(encode(given));
    String key = key(resource.getMetadata().getNamespace(), resource.getMetadata().getName());
    if (stored.containsKey(key)) {
      throw new Refused("409: " + key + " exists");
    }
    resource.setStatus(null);
    resource
        .getMetadata()
        .setUid(UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString());
    resource.getMetadata().setGeneration(1L);
    return store(key, resource);
  }

  /** Replaces everything but the status. */
  VpcEndpointService update(VpcEndpointService given) throws Refused {
    VpcEndpointService resource = decode(encode(given));
    VpcEndpointService present = expect(resource);
    resource.setStatus(present.getStatus());
    resource.getMetadata().setUid(present.getMetadata().getUid());
    resource.getMetadata().setDeletionTimestamp(present.getMetadata().getDeletionTimestamp());
    long generation = present.getMetadata().getGeneration();
    boolean sameSpec = Objects.equals(resource.getSpec(), present.getSpec());
    resource.getMetadata().setGeneration(sameSpec ? generation : generation + 1);
    if (resource.isMarkedForDeletion() && resource.getMetadata().getFinalizers().isEmpty()) {
      stored.remove(key(resource.getMetadata().getNamespace(), resource.getMetadata().getName()));
      lastVersion++;
      return resource;
    }
    return storeIfChanged(resource);
  }

  VpcEndpointService updateStatus(
      String namespace, String name, String resourceVersion, VpcEndpointServiceStatus status)
      throws Refused {
    VpcEndpointService resource = get(namespace, name);
    resource.getMetadata().setResourceVersion(resourceVersion);
    expect(resource);
    resource.setStatus(status);
    return storeIfChanged(resource);
  }

  void delete(String namespace, String name, String resourceVersion) throws Refused {
    VpcEndpointService resource = get(namespace, name);
    resource.getMetadata().setResourceVersion(resourceVersion);
    expect(resource);
    if (resource.getMetadata().getFinalizers().isEmpty()) {
      stored.remove(key(namespace, name));
      lastVersion++;
    } else if (!resource.isMarkedForDeletion()) {
      resource.getMetadata().setDeletionTimestamp("2026-11-22T10:00:00Z");
      resource.getMetadata().setDeletionGracePeriodSeconds(0L);
      resource.getMetadata().setGeneration(resource.getMetadata().getGeneration() + 1);
      store(key(namespace, name), resource);
    }
  }

  private VpcEndpointService expect(VpcEndpointService given) throws Refused {
    VpcEndpointService present =
        get(given.getMetadata().getNamespace(), given.getMetadata().getName());
    String version = present.getMetadata().getResourceVersion();
    if (!version.equals(given.getMetadata().getResourceVersion())) {
      throw new Refused("409: " + given.getMetadata().getName() + " is at version " + version);
    }
    return present;
  }

  private VpcEndpointService storeIfChanged(VpcEndpointService resource) throws Refused {
    String key = key(resource.getMetadata().getNamespace(), resource.getMetadata().getName());
    boolean changed = !Arrays.equals(encode(resource), stored.get(key));
    return changed ? store(key, resource) : decode(stored.get(key));
  }

  private VpcEndpointService store(String key, VpcEndpointService resource) throws Refused {
    lastVersion++;
    resource.getMetadata().setResourceVersion(Long.toString(lastVersion));
    stored.put(key, encode(resource));
    return decode(stored.get(key));
  }

  /** Kubernetes 1.20 takes an empty text for a null, which the schema does not allow. */
  private byte[] encode(VpcEndpointService resource) throws Refused {
    if ((serialization.asJson(resource.getSpec()) + serialization.asJson(resource.getStatus()))
        .contains(":\"\"")) {
      throw new Refused("422: must be of type string: null");
    }
    return serialization.asJson(resource).getBytes(StandardCharsets.UTF_8);
  }

  private VpcEndpointService decode(byte[] json) {
    return serialization.unmarshal(
        new String(json, StandardCharsets.UTF_8), VpcEndpointService.class);
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }
}
