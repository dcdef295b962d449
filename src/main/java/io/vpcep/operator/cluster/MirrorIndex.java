package io.vpcep.operator.cluster;

import io.vpcep.operator.sync.MirroredService;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What is mirrored: by namespace and name, and by namespace and the project that it belongs to.
 *
 * <p>Two sources feed it: the watch, and the answers to our own requests, which mostly come first.
 * So that a late event does not bring back what a write of ours has replaced, an event older than
 * the last answer is left out until the event of that answer has come by. Apart from that the watch
 * is always believed, even when resource versions go backwards (a restored etcd).
 *
 * <p>The watch shows everything in the end, so an answer may be left out, and has to be where the
 * watch was faster: it would bring back for good what an edit or a deletion by others replaced.
 */
final class MirrorIndex {
  private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();

  /**
   * Mirrored services of one namespace; the two maps hold the same records. Read at any time, and
   * changed by {@link #change} alone.
   */
  private static final class Namespace {
    final Map<String, MirroredService> byName = new ConcurrentHashMap<>();
    final Map<String, Map<String, MirroredService>> byClaimant = new ConcurrentHashMap<>();

    /** Resource version of the last answer, by name, until the watch has shown it. */
    final Map<String, String> unseenAnswers = new ConcurrentHashMap<>();

    /** Requests whose answer is to come, by name. */
    final Map<String, Integer> underWay = new ConcurrentHashMap<>();

    /** Names that the watch showed to be gone while a request was under way. */
    final Set<String> goneMeanwhile = ConcurrentHashMap.newKeySet();

    boolean isOutdated(String name, String version) {
      String answered = unseenAnswers.get(name);
      return answered != null && isOlder(version, answered);
    }

    /** What is known of the content stays known where others changed something else. */
    void replace(MirroredService fresh) {
      MirroredService before = byName.get(fresh.name());
      boolean known = before != null && fresh.hasContentOf(before);
      put(known ? fresh.showing(before.listedDigest()) : fresh);
    }

    void put(MirroredService service) {
      MirroredService before = byName.put(service.name(), service);
      if (before != null && !before.claimant().equals(service.claimant())) {
        unclaim(before);
      }
      byClaimant
          .computeIfAbsent(service.claimant(), claimant -> new ConcurrentHashMap<>())
          .put(service.name(), service);
    }

    void remove(String name) {
      unseenAnswers.remove(name);
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

    boolean isEmpty() {
      return byName.isEmpty()
          && unseenAnswers.isEmpty()
          && underWay.isEmpty()
          && goneMeanwhile.isEmpty();
    }
  }

  /** Announces a request, whose answers count until {@link #ended}. */
  void began(String namespace, String name) {
    change(namespace, in -> in.underWay.merge(name, 1, Integer::sum));
  }

  /** No answer to a request that was announced is to come any more. */
  void ended(String namespace, String name) {
    change(
        namespace,
        in -> {
          if (in.underWay.merge(name, -1, Integer::sum) == 0) {
            in.underWay.remove(name);
            in.goneMeanwhile.remove(name);
          }
        });
  }

  /** Takes in the answer to a request of ours, unless the watch has shown more already. */
  void answered(String namespace, MirroredService service) {
    change(
        namespace,
        in -> {
          MirroredService shown = in.byName.get(service.name());
          if (in.goneMeanwhile.contains(service.name())
              || shown != null && !mayFollow(service.resourceVersion(), shown.resourceVersion())) {
            return;
          }
          in.unseenAnswers.put(service.name(), service.resourceVersion());
          in.replace(service);
        });
  }

  /** True where the watch has still to show an answer that is newer than this version. */
  boolean isOutdated(String namespace, String name, String resourceVersion) {
    Namespace in = namespaces.get(namespace);
    return in != null && in.isOutdated(name, resourceVersion);
  }

  /** What the last answer held, where that was this version and the watch has still to show it. */
  MirroredService awaited(String namespace, String name, String resourceVersion) {
    Namespace in = namespaces.get(namespace);
    if (in == null || !resourceVersion.equals(in.unseenAnswers.get(name))) {
      return null;
    }
    MirroredService answered = in.byName.get(name);
    boolean same = answered != null && answered.resourceVersion().equals(resourceVersion);
    return same ? answered : null;
  }

  /** Takes in what the watch, or the list before it, shows. */
  void observed(String namespace, MirroredService service) {
    change(
        namespace,
        in -> {
          if (in.isOutdated(service.name(), service.resourceVersion())) {
            return;
          }
          in.unseenAnswers.remove(service.name());
          in.replace(service);
        });
  }

  /** Notes how a service was listed, unless another one is mirrored by now. */
  void recognized(String namespace, MirroredService service, long listedDigest) {
    change(
        namespace,
        in -> {
          if (service.equals(in.byName.get(service.name()))) {
            in.put(service.showing(listedDigest));
          }
        });
  }

  /** Forgets what the answer to a request of ours said to be gone. */
  void removed(String namespace, String name) {
    change(namespace, in -> in.remove(name));
  }

  /**
   * Forgets what a request of ours deleted, unless the watch has shown that finalizers of others
   * keep it for a while.
   */
  void deleted(String namespace, String name) {
    change(
        namespace,
        in -> {
          MirroredService shown = in.byName.get(name);
          if (shown == null || !shown.terminating()) {
            in.remove(name);
          }
        });
  }

  /** Forgets what the watch, or a new list, shows to be gone. */
  void vanished(String namespace, String name) {
    change(
        namespace,
        in -> {
          if (in.underWay.containsKey(name)) {
            in.goneMeanwhile.add(name);
          }
          in.remove(name);
        });
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

  /** True when nothing at all is kept, not even of a namespace that was mirrored once. */
  boolean isEmpty() {
    return namespaces.isEmpty();
  }

  /**
   * Does one change of a namespace at a time. One that holds nothing any more is let go in the same
   * step, so that no change is made to what was let go.
   */
  private void change(String namespace, Consumer<Namespace> change) {
    namespaces.compute(
        namespace,
        (key, present) -> {
          Namespace in = present == null ? new Namespace() : present;
          change.accept(in);
          return in.isEmpty() ? null : in;
        });
  }

  private static boolean mayFollow(String version, String shown) {
    return !version.equals(shown) && !isOlder(version, shown);
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
