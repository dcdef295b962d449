package io.vpcep.operator.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

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

  /** What the seed tells of a project; the rest follows from it. */
  private record Site(String projectId, long seed) {}

  /** The seeds of everything. The order in which they are drawn is what makes a cloud. */
  private record Plan(Instant until, long churnSeed, List<Site> sites) {
    static Plan of(Population population) {
      Random random = new Random(population.seed());
      Instant until = EARLIEST.plus(Duration.ofDays(random.nextInt(DAYS)));
      long churnSeed = random.nextLong();
      List<Site> sites = Stream.generate(() -> site(random)).limit(population.projects()).toList();
      return new Plan(until, churnSeed, sites);
    }

    private static Site site(Random random) {
      String id = "%016x%016x".formatted(random.nextLong(), random.nextLong());
      return new Site(id, random.nextLong());
    }
  }

  /** The ids of the projects of a cloud, without making it. */
  static List<String> projectIds(Population population) {
    return Plan.of(population).sites().stream().map(Site::projectId).toList();
  }

  /**
   * Makes the cloud that the seed tells. Its time is told too, not read from a clock: everything
   * happened before some day of 2024.
   */
  static Cloud generate(Population population) {
    Plan plan = Plan.of(population);
    Map<String, Project> projects = new LinkedHashMap<>();
    for (Site site : plan.sites()) {
      ServiceGenerator generator = new ServiceGenerator(site.projectId());
      List<SimulatedService> services =
          generator.population(new Random(site.seed()), population.services(), plan.until());
      projects.put(site.projectId(), new Project(generator, services));
    }
    return new Cloud(projects, new Random(plan.churnSeed()));
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
