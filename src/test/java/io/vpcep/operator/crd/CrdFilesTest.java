package io.vpcep.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generates {@code target/crds} in every build and compares it with the committed {@code crds}.
 * {@code -Dcrds.update} writes the committed files, and their copies in the chart, too.
 */
class CrdFilesTest {
  private static final Path COMMITTED = Path.of("crds");

  /** A copy, since not everything that reads charts follows links. */
  private static final Path CHART = Path.of("helm", "vpcep-operator", "crds");

  private static final Path GENERATED = Path.of("target", "crds");

  @BeforeAll
  static void generate() throws IOException {
    Files.createDirectories(GENERATED);
    CrdFiles.generateInto(GENERATED);
    if (System.getProperty("crds.update") != null) {
      CrdFiles.generateInto(COMMITTED);
      CrdFiles.generateInto(CHART);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vpcendpointprojects", "vpcendpointservices"})
  void committedFileIsWhatTheTypesSay(String plural) throws IOException {
    String file = plural + ".vpcep.io-v1.yml";

    assertThat(COMMITTED.resolve(file))
        .as("run ./mvnw test -Dtest=CrdFilesTest -Dcrds.update and commit crds/")
        .hasContent(Files.readString(GENERATED.resolve(file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vpcendpointprojects", "vpcendpointservices"})
  void chartHoldsTheSameFile(String plural) throws IOException {
    String file = plural + ".vpcep.io-v1.yml";

    assertThat(CHART.resolve(file)).hasSameTextualContentAs(COMMITTED.resolve(file));
  }
}
