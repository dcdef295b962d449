package io.vpcep.operator.packaging;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads what users install, as objects. */
final class Manifests {
  static final Path DEPLOY = Path.of("deploy");
  static final Path CHART = Path.of("helm", "vpcep-operator");
  static final Path CRDS = Path.of("crds");

  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private Manifests() {}

  /** The objects of {@code deploy} in the order of its kustomization. */
  static List<HasMetadata> deploy() {
    return deployResources().stream()
        .flatMap(file -> objects(text(DEPLOY.resolve(file))).stream())
        .toList();
  }

  /** The files that the kustomization names. */
  static List<String> deployResources() {
    Map<?, ?> kustomization =
        SERIALIZATION.unmarshal(text(DEPLOY.resolve("kustomization.yml")), Map.class);
    return ((List<?>) kustomization.get("resources")).stream().map(String::valueOf).toList();
  }

  /** The objects that the chart renders with these values on top of its own. */
  static List<HasMetadata> chart(String release, String namespace, String values) {
    Path file = null;
    try {
      file = Files.writeString(Files.createTempFile("values", ".yaml"), values);
      return objects(
          new Helm(CHART)
              .template()
              .withName(release)
              .withNamespace(namespace)
              .withValuesFile(file)
              .call());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(file);
    }
  }

  /** The objects of a YAML text of any number of documents; empty documents are left out. */
  static List<HasMetadata> objects(String yaml) {
    return Arrays.stream(yaml.split("(?m)^---\\s*$"))
        .filter(document -> document.lines().anyMatch(line -> !line.matches("\\s*(#.*)?")))
        .<HasMetadata>map(document -> SERIALIZATION.unmarshal(document, HasMetadata.class))
        .toList();
  }

  /** The one object of a kind; fails when there are none or several. */
  static <T extends HasMetadata> T only(List<HasMetadata> objects, Class<T> kind) {
    List<T> found = all(objects, kind);
    if (found.size() != 1) {
      throw new AssertionError("%d objects of %s".formatted(found.size(), kind.getSimpleName()));
    }
    return found.get(0);
  }

  static <T extends HasMetadata> List<T> all(List<HasMetadata> objects, Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  static <T extends HasMetadata> T named(List<HasMetadata> objects, Class<T> kind, String name) {
    return all(objects, kind).stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No " + kind.getSimpleName() + " " + name));
  }

  /** The one object of a kind that the client knows no type of. */
  static GenericKubernetesResource custom(List<HasMetadata> objects, String kind) {
    return only(
        objects.stream().filter(object -> object.getKind().equals(kind)).toList(),
        GenericKubernetesResource.class);
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies what is in a folder to another one. */
  static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The keys of a YAML text, as {@code a.b.c}; the key of a map is one, too. */
  static Set<String> keys(String yaml) {
    Set<String> keys = new TreeSet<>();
    collect("", SERIALIZATION.unmarshal(yaml, Map.class), keys);
    return keys;
  }

  private static void collect(String prefix, Map<?, ?> map, Set<String> keys) {
    map.forEach(
        (name, value) -> {
          keys.add(prefix + name);
          if (value instanceof Map<?, ?> inner) {
            collect(prefix + name + ".", inner, keys);
          }
        });
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
