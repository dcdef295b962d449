package io.vpcep.operator.cluster;

import io.vpcep.operator.sync.MirroredService;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What is mirrored: by namespace and name, and by namespace and the project that it belongs to.
 *
 * <p>Two sources feed it: the watch, and the answers to our own writes, which come first. So that a
 * late event does not bring back what a write of ours has replaced, an event older than our last
 * write of that resource is left out until the event of that write has come by. Apart from that the
 * watch is always believed, even when resource versions go backwards (a restored etcd), and an
 * answer that events have overtaken is left out.
 */
final class MirrorIndex {
  private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();

  /** Mirrored services of one namespace; the two maps hold the same records. */
  private static final class Namespace {
    final Map<String, MirroredService> byName = new ConcurrentHashMap<>();
    final Map<String, Map<String, MirroredService>> byClaimant = new ConcurrentHashMap<>();

    /** Resource version of our last write, by name, until the watch has shown it. */
    final Map<String, String> unseenWrites = new ConcurrentHashMap<>();

    synchronized void put(MirroredService service) {
      MirroredService before = byName.put(service.name(), service);
      if (before != null && !before.claimant().equals(service.claimant())) {
        unclaim(before);
      }
      byClaimant
          .computeIfAbsent(service.claimant(), claimant -> new ConcurrentHashMap<>())
          .put(service.name(), service);
    }

    synchronized void remove(String name) {
      unseenWrites.remove(name);
      MirroredService before = byName.remove(name);
      if (before != null) {
        unclaim(before);
      }
    }

    private void unclaim(MirroredService service) {
      Map<String, MirroredService> claimed = byClaimant.get(service.claimant());
      claimed.remove(service.name());
      if (claimed.isEmpty()) {
        byClaimant.remove(service.claimant());
      }
    }
  }

  /**
   * Takes in the answer to a write of ours.
   *
   * @param before what {@link #find} gave when the request was sent
   */
  void written(String namespace, MirroredService before, MirroredService service) {
    Namespace in = in(namespace);
    synchronized (in) {
      MirroredService present = in.byName.get(service.name());
      if (isOvertaken(present, before, service)) {
        return;
      }
      // A write that changed nothing has no event to wait for.
      if (present == null || !present.resourceVersion().equals(service.resourceVersion())) {
        in.unseenWrites.put(service.name(), service.resourceVersion());
      }
      in.put(service);
    }
  }

  /**
   * Takes in the answer to a read of ours.
   *
   * @param before what {@link #find} gave when the request was sent
   */
  void read(String namespace, MirroredService before, MirroredService service) {
    Namespace in = in(namespace);
    synchronized (in) {
      if (!isOvertaken(in.byName.get(service.name()), before, service)) {
        observed(namespace, service);
      }
    }
  }

  /**
   * True when events came in while a request was under way, and what they left is as new as its
   * answer or newer: a later edit, or a deletion, that no further event will tell of.
   */
  private static boolean isOvertaken(
      MirroredService present, MirroredService before, MirroredService answer) {
    return !Objects.equals(present, before)
        && (present == null || !isOlder(present.resourceVersion(), answer.resourceVersion()));
  }

  /** Takes in what a list or the watch shows. */
  void observed(String namespace, MirroredService service) {
    Namespace in = in(namespace);
    synchronized (in) {
      String ours = in.unseenWrites.get(service.name());
      if (ours != null && isOlder(service.resourceVersion(), ours)) {
        return;
      }
      in.unseenWrites.remove(service.name());
      in.put(service);
    }
  }

  /** Forgets what is gone. */
  void removed(String namespace, String name) {
    in(namespace).remove(name);
  }

  /** The service mirrored under {@code name}, or null. */
  MirroredService find(String namespace, String name) {
    Namespace in = namespaces.get(namespace);
    return in == null ? null : in.byName.get(name);
  }

  /** The services of a project: a live view. */
  Collection<MirroredService> claimedBy(String namespace, String project) {
    Namespace in = namespaces.get(namespace);
    Map<String, MirroredService> claimed = in == null ? null : in.byClaimant.get(project);
    return claimed == null ? Collections.emptyList() : claimed.values();
  }

  /** Calls for every service with its namespace. */
  <T> Stream<T> map(Visitor<T> visitor) {
    return namespaces.entrySet().stream()
        .flatMap(
            in ->
                in.getValue().byName.values().stream()
                    .map(service -> visitor.visit(in.getKey(), service)));
  }

  /** Sees one service. */
  interface Visitor<T> {
    T visit(String namespace, MirroredService service);
  }

  int size() {
    return namespaces.values().stream().mapToInt(in -> in.byName.size()).sum();
  }

  private Namespace in(String namespace) {
    return namespaces.computeIfAbsent(namespace, key -> new Namespace());
  }

  /** False where the two cannot be compared: then the newer news is believed. */
  private static boolean isOlder(String version, String than) {
    try {
      return Long.parseLong(version) < Long.parseLong(than);
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
