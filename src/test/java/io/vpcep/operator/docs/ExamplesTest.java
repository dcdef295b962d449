package io.vpcep.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.vpcep.operator.crd.ApiGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What readers copy is what the API server takes in. */
class ExamplesTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");

  record Example(Path page, Map<?, ?> resource) {
    String plural() {
      return resource.get("kind").equals("VpcEndpointProject")
          ? Definitions.PROJECTS
          : Definitions.SERVICES;
    }

    @Override
    public String toString() {
      return resource.get("kind") + " of " + page;
    }
  }

  static Stream<Example> examples() {
    return Pages.all().stream().flatMap(ExamplesTest::examples);
  }

  private static Stream<Example> examples(Path page) {
    List<Example> found = new ArrayList<>();
    for (MatchResult block : BLOCK.matcher(Pages.text(page)).results().toList()) {
      for (String document : block.group(1).split("(?m)^---$")) {
        Map<?, ?> resource = Serialization.unmarshal(document, Map.class);
        if (String.valueOf(resource.get("apiVersion")).startsWith(ApiGroup.NAME + "/")) {
          found.add(new Example(page, resource));
        }
      }
    }
    return found.stream();
  }

  @Test
  void theReadmeAndBothReferencesHaveOne() {
    assertThat(examples())
        .extracting(Example::page)
        .contains(Path.of("README.md"), Pages.PROJECT, Pages.SERVICE);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyFieldOfAnExampleIsInTheDefinition(Example example) {
    Set<String> fields = new TreeSet<>();
    walk(Map.of("spec", example.resource().get("spec")), "", fields);
    if (example.resource().containsKey("status")) {
      walk(Map.of("status", example.resource().get("status")), "", fields);
    }

    assertThat(Definitions.fields(example.plural()).keySet()).containsAll(fields);
  }

  private static void walk(Object value, String path, Set<String> fields) {
    if (value instanceof List<?> items) {
      items.forEach(item -> walk(item, path + "[]", fields));
    } else if (value instanceof Map<?, ?> object) {
      object.forEach(
          (name, child) -> {
            String field = path.isEmpty() ? name.toString() : path + "." + name;
            fields.add(field);
            walk(child, field, fields);
          });
    }
  }
}
