package io.vpcep.operator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.simulator.ServiceSettings.Backend;
import io.vpcep.operator.simulator.ServiceSettings.PortMapping;
import io.vpcep.operator.simulator.ServiceSettings.Tag;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CloudTest {
  private static final List<SimulatedService> MANY = services(population(1, 2000));

  @Test
  void isTheSameForTheSameSeed() {
    assertThat(services(population(3, 50))).isEqualTo(services(population(3, 50)));
  }

  @Test
  void isAnotherForAnotherSeed() {
    Cloud other = Cloud.generate(new Population(3, 5, 2));

    assertThat(other.projectIds())
        .doesNotContainAnyElementsOf(Cloud.generate(population(3, 5)).projectIds());
  }

  @Test
  void tellsItsProjectsWithoutBeingMade() {
    Population population = population(4, 3);

    assertThat(Cloud.projectIds(population)).isEqualTo(Cloud.generate(population).projectIds());
  }

  @Test
  void keepsItsServicesAcrossReleases() {
    SimulatedService first = services(population(1, 20)).get(0);

    assertThat(Cloud.generate(population(1, 1)).projectIds())
        .containsExactly("684df992352cccfc0946b8f0552cf1e5");
    assertThat(first.id()).isEqualTo("c23f30a0-c7b4-4314-85ac-326e6fd732d0");
    assertThat(first.createdAt()).isEqualTo("2021-08-21T21:52:50Z");
  }

  @Test
  void keepsItsFirstProjectsWhenThereAreMore() {
    Cloud small = Cloud.generate(population(2, 5));
    Cloud large = Cloud.generate(population(4, 5));

    assertThat(large.projectIds()).startsWith(small.projectIds().toArray(String[]::new));
    String second = small.projectIds().get(1);
    assertThat(large.projects().get(second).services())
        .isEqualTo(small.projects().get(second).services());
  }

  @Test
  void namesProjectsAndServicesAsCloudsDo() {
    assertThat(Cloud.generate(population(50, 0)).projectIds())
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[0-9a-f]{32}"));
    assertThat(MANY)
        .extracting(SimulatedService::id)
        .doesNotHaveDuplicates()
        .allMatch(id -> UUID.fromString(id).version() == 4 && UUID.fromString(id).variant() == 2);
    assertThat(MANY)
        .anyMatch(it -> it.serviceName().matches("ae-ad-1\\.[A-Za-z]+\\." + it.id()))
        .anyMatch(it -> it.serviceName().matches("[A-Za-z]+-[0-9]+"));
  }

  @Test
  void hasEveryStatusButMostlyAvailableServices() {
    assertThat(count("available")).isEqualTo(1600);
    assertThat(count("failed")).isEqualTo(200);
    assertThat(count("creating")).isEqualTo(100);
    assertThat(count("deleting")).isEqualTo(100);
    assertThat(MANY)
        .allMatch(it -> it.errors().isEmpty() != it.status().equals("failed"))
        .allMatch(it -> it.connectionCount() == 0 || it.status().equals("available"));
  }

  @Test
  void hasEveryTypeAndVirtualPortsForVirtualAddressesOnly() {
    assertThat(MANY).extracting(it -> it.settings().serviceType()).contains("interface", "gateway");
    assertThat(MANY)
        .extracting(it -> it.settings().tcpProxy())
        .contains("close", "toa_open", "proxy_open", "open", "proxy_vni");
    List<Backend> backends = MANY.stream().map(it -> it.settings().backend()).toList();
    assertThat(backends).extracting(Backend::serverType).contains("VM", "LB", "VIP");
    assertThat(backends).allMatch(it -> (it.vipPortId() != null) == it.serverType().equals("VIP"));
  }

  @Test
  void mapsOneToFourPortsWithoutDuplicates() {
    assertThat(MANY)
        .extracting(it -> it.settings().ports())
        .allSatisfy(
            ports -> {
              assertThat(ports).hasSizeBetween(1, 4);
              assertThat(ports).extracting(PortMapping::clientPort).doesNotHaveDuplicates();
            });
    assertThat(MANY)
        .flatExtracting(it -> it.settings().ports())
        .extracting(PortMapping::protocol)
        .contains("TCP", "UDP");
  }

  @Test
  void tagsWithinTheLimitsOfTheSpecification() {
    assertThat(MANY)
        .extracting(it -> it.settings().tags())
        .allSatisfy(
            tags -> {
              assertThat(tags).hasSizeBetween(0, 5);
              assertThat(tags).extracting(Tag::key).doesNotHaveDuplicates();
            });
    assertThat(MANY)
        .flatExtracting(it -> it.settings().tags())
        .allMatch(tag -> tag.key().matches("[^=*<>\\\\,|/]{1,36}"))
        .allMatch(tag -> tag.value().matches("[^=*<>\\\\,|/]{0,43}"))
        .allMatch(tag -> tag.key().strip().equals(tag.key()))
        .anyMatch(tag -> tag.value().codePoints().anyMatch(c -> c > 0x7F))
        .anyMatch(tag -> tag.value().isEmpty());
  }

  @Test
  void tellsWholeSecondsInOrder() {
    assertThat(MANY)
        .allMatch(it -> !it.updatedAt().isBefore(it.createdAt()))
        .allMatch(it -> it.updatedAt().isBefore(Instant.parse("2025-01-01T00:00:00Z")))
        .allMatch(it -> it.createdAt().truncatedTo(ChronoUnit.SECONDS).equals(it.createdAt()));
  }

  private static Population population(int projects, int services) {
    return new Population(projects, services, 1);
  }

  private static List<SimulatedService> services(Population population) {
    return Cloud.generate(population).projects().values().stream()
        .flatMap(project -> project.services().stream())
        .toList();
  }

  private static long count(String status) {
    return MANY.stream().filter(it -> it.status().equals(status)).count();
  }
}
