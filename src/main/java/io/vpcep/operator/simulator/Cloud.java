package io.vpcep.operator.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The projects of a simulated cloud by their ids, in the order in which the seed tells them. */
final class Cloud {
  private static final Instant EARLIEST = Instant.parse("2024-01-01T00:00:00Z");
  private static final int DAYS = 365;

  private final Map<String, Project> projects;
  private final Random random;

  private Cloud(Map<String, Project> projects, Random random) {
    this.projects = Collections.unmodifiableMap(projects);
    this.random = random;
  }

  /**
   * Makes the cloud that the seed tells. Its time is told too, not read from a clock: everything
   * happened before some day of 2024.
   */
  static Cloud generate(SimulatorOptions options) {
    Random random = new Random(options.seed());
    Instant until = EARLIEST.plus(Duration.ofDays(random.nextInt(DAYS)));
    Map<String, Project> projects = new LinkedHashMap<>();
    long churnSeed = random.nextLong();
    for (int i = 0; i < options.projects(); i++) {
      String id = "%016x%016x".formatted(random.nextLong(), random.nextLong());
      ServiceGenerator generator = new ServiceGenerator(id);
      Random own = new Random(random.nextLong());
      projects.put(
          id, new Project(generator, generator.population(own, options.services(), until)));
    }
    return new Cloud(projects, new Random(churnSeed));
  }

  Map<String, Project> projects() {
    return projects;
  }

  List<String> projectIds() {
    return List.copyOf(projects.keySet());
  }

  /** Decides what happens to this cloud from now on. */
  Random random() {
    return random;
  }
}
