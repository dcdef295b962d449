package io.vpcep.operator.simulator;

import io.vpcep.operator.simulator.ServiceSettings.Backend;
import io.vpcep.operator.simulator.ServiceSettings.PortMapping;
import io.vpcep.operator.simulator.ServiceSettings.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Invents services of one project that look like those of a cloud. The random number generator
 * decides everything, so the same one in the same state invents the same services.
 */
final class ServiceGenerator {
  private static final List<String> NAMES =
      List.of("shop", "billing", "search", "orders", "ledger", "Metrics", "auth", "media");
  private static final List<Integer> PORTS =
      List.of(53, 80, 443, 5432, 6379, 8080, 8081, 8443, 9092, 9200);
  private static final List<String> TCP_PROXIES =
      List.of("close", "close", "close", "toa_open", "proxy_open", "open", "proxy_vni");
  private static final List<String> SERVER_TYPES = List.of("VM", "VM", "VM", "LB", "LB", "VIP");
  private static final List<String> TAG_KEYS =
      List.of("team", "environment", "cost center", "owner", "区域", "تطبيق");
  private static final List<String> TAG_VALUES =
      List.of("blue", "production", "42", "", "Zürich", "开发", "بيئة", "a@b.example:8080");
  private static final List<String> DESCRIPTIONS =
      List.of("Checkout of the shop.", "Interner Dienst für Rechnungen", "仅供内部使用");
  private static final Duration OLDEST = Duration.ofDays(1000);

  private final String projectId;

  ServiceGenerator(String projectId) {
    this.projectId = projectId;
  }

  /**
   * The services of a project that has been in use for a while: most are available; of any twenty,
   * one is being created, one is being deleted and two have failed.
   *
   * @param random decides; the first {@code n} services do not depend on {@code count}
   * @param count number of services
   * @param until the time before which everything happened
   */
  List<SimulatedService> population(Random random, int count, Instant until) {
    return IntStream.range(0, count).mapToObj(index -> settled(random, index, until)).toList();
  }

  private SimulatedService settled(Random random, int index, Instant until) {
    String status =
        switch (index % 20) {
          case 3, 17 -> SimulatedService.FAILED;
          case 6 -> SimulatedService.CREATING;
          case 11 -> SimulatedService.DELETING;
          default -> SimulatedService.AVAILABLE;
        };
    int age = random.nextInt((int) OLDEST.toSeconds());
    Instant updated = until.minusSeconds(random.nextInt(age + 1));
    return service(random, SimulatedService.CREATING, until.minusSeconds(age))
        .withStatus(status, updated)
        .withConnectionCount(status.equals(SimulatedService.AVAILABLE) ? random.nextInt(12) : 0);
  }

  /** A service that was created this instant and has no connections yet. */
  SimulatedService service(Random random, String status, Instant now) {
    String id = uuid(random);
    String word = any(NAMES, random);
    String name =
        random.nextInt(4) == 0 ? word + "-" + random.nextInt(1000) : "ae-ad-1." + word + "." + id;
    return new SimulatedService(id, name, status, 0, now, now, List.of(), settings(random));
  }

  private ServiceSettings settings(Random random) {
    boolean gateway = random.nextInt(10) == 0;
    return new ServiceSettings(
        projectId,
        gateway ? "gateway" : "interface",
        backend(random),
        !gateway && random.nextInt(4) == 0,
        any(TCP_PROXIES, random),
        ports(random),
        tags(random),
        random.nextInt(4) == 0 ? any(DESCRIPTIONS, random) : null);
  }

  private static Backend backend(Random random) {
    String serverType = any(SERVER_TYPES, random);
    String vipPortId = serverType.equals("VIP") ? uuid(random) : null;
    return new Backend(serverType, uuid(random), uuid(random), vipPortId);
  }

  /** Different client ports, hence no duplicate mapping. */
  private static List<PortMapping> ports(Random random) {
    return some(PORTS, 1 + random.nextInt(4), random).stream()
        .map(port -> new PortMapping(port, serverPort(port, random), port == 53 ? "UDP" : "TCP"))
        .toList();
  }

  private static int serverPort(int clientPort, Random random) {
    return random.nextBoolean() ? clientPort : 30000 + random.nextInt(2768);
  }

  private static List<Tag> tags(Random random) {
    return some(TAG_KEYS, random.nextInt(6), random).stream()
        .map(key -> new Tag(key, any(TAG_VALUES, random)))
        .toList();
  }

  private static <T> T any(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static <T> List<T> some(List<T> choices, int count, Random random) {
    List<T> shuffled = new ArrayList<>(choices);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, count);
  }

  /** A random UUID (version 4), from this random number generator. */
  private static String uuid(Random random) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
    return new UUID(high, low).toString();
  }
}
