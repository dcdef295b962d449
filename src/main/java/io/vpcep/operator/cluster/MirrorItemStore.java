package io.vpcep.operator.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.vpcep.operator.sync.MirroredService;
import java.util.stream.Stream;

/**
 * Lets an informer keep its items in a {@link MirrorIndex}. What it gives back are shells that hold
 * the metadata which the informer itself needs, and nothing of the content.
 */
final class MirrorItemStore implements ItemStore<GenericKubernetesResource> {
  private final MirrorIndex index;
  private final ResourceReader reader;
  private final String scope;

  /**
   * @param scope the namespace that the informer watches, or null: all of them
   */
  MirrorItemStore(MirrorIndex index, ResourceReader reader, String scope) {
    this.index = index;
    this.reader = reader;
    this.scope = scope;
  }

  @Override
  public String getKey(GenericKubernetesResource resource) {
    return resource.getMetadata().getNamespace() + "/" + resource.getMetadata().getName();
  }

  @Override
  public GenericKubernetesResource put(String key, GenericKubernetesResource resource) {
    String namespace = resource.getMetadata().getNamespace();
    String name = resource.getMetadata().getName();
    String version = resource.getMetadata().getResourceVersion();
    MirroredService before = index.find(namespace, name);
    // Mostly it is the event of a write of ours, whose answer, or a later one, told all of it.
    if (!index.isOutdated(namespace, name, version)) {
      MirroredService awaited = index.awaited(namespace, name, version);
      index.observed(namespace, awaited == null ? reader.read(resource) : awaited);
    }
    return before == null ? null : shell(namespace, before);
  }

  @Override
  public GenericKubernetesResource remove(String key) {
    GenericKubernetesResource before = get(key);
    int slash = key.indexOf('/');
    index.vanished(key.substring(0, slash), key.substring(slash + 1));
    return before;
  }

  @Override
  public Stream<String> keySet() {
    return inScope((namespace, service) -> namespace + "/" + service.name());
  }

  @Override
  public Stream<GenericKubernetesResource> values() {
    return inScope(MirrorItemStore::shell);
  }

  private <T> Stream<T> inScope(MirrorIndex.Visitor<T> visitor) {
    return index
        .<T>map(
            (namespace, service) ->
                scope == null || scope.equals(namespace) ? visitor.visit(namespace, service) : null)
        .filter(item -> item != null);
  }

  @Override
  public int size() {
    return (int) keySet().count();
  }

  @Override
  public GenericKubernetesResource get(String key) {
    int slash = key.indexOf('/');
    String namespace = key.substring(0, slash);
    MirroredService service = index.find(namespace, key.substring(slash + 1));
    return service == null ? null : shell(namespace, service);
  }

  /** False: events need not wait for the end of the list, since nobody listens to them. */
  @Override
  public boolean isFullState() {
    return false;
  }

  private static GenericKubernetesResource shell(String namespace, MirroredService service) {
    return new Shell(namespace, service);
  }

  /** Small, since at the end of a list the informer holds one of each item at a time. */
  private static final class Shell extends GenericKubernetesResource {
    private final transient String namespace;
    private final transient MirroredService service;

    Shell(String namespace, MirroredService service) {
      this.namespace = namespace;
      this.service = service;
    }

    @Override
    public ObjectMeta getMetadata() {
      ObjectMeta metadata = new ObjectMeta();
      metadata.setNamespace(namespace);
      metadata.setName(service.name());
      metadata.setResourceVersion(service.resourceVersion());
      return metadata;
    }
  }
}
