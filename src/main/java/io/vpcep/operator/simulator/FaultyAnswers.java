package io.vpcep.operator.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The last step of a request: the listing, or what the fault of its project makes of it. */
final class FaultyAnswers {
  private static final int HUGE = 10_000_000;
  private static final String FIREWALL =
      "<!DOCTYPE html><html><head><title>Blocked</title></head>"
          + "<body><h1>The request was blocked</h1></body></html>";

  private FaultyAnswers() {}

  /**
   * Answers a listing.
   *
   * @throws ApiError where the offset of the query does not fit the services
   */
  static Outcome listing(Project project, Query query) throws ApiError {
    return switch (project.fault()) {
      case NONE -> Answer.of(Page.select(project.services(), query));
      case SERVER_ERROR -> Answer.error(500, "EndPoint.0001", "Internal error.");
      case THROTTLED ->
          Answer.error(429, "APIGW.0308", "The throttling threshold has been reached.")
              .with("Retry-After", "1");
      case HTML ->
          Answer.of(200, "text/html; charset=utf-8", FIREWALL.getBytes(StandardCharsets.UTF_8));
      case CUT_BODY -> Answer.of(Page.select(project.services(), query)).cutInHalf();
      case ENDLESS_LIST -> Answer.of(endless(project, query));
      case HUGE_STRINGS -> Answer.of(huge(project));
      case HANG -> new Outcome.Silence(project);
    };
  }

  /** Seeded by the offset: asked twice, a page is the same, as a list that merely is very long. */
  private static Page endless(Project project, Query query) {
    Random random = new Random(query.offset());
    List<SimulatedService> services =
        Stream.generate(() -> newcomer(project, random)).limit(query.limit()).toList();
    return new Page(services, query.offset() + 2 * Math.max(query.limit(), 1));
  }

  private static Page huge(Project project) {
    SimulatedService service = newcomer(project, new Random(0));
    ServiceSettings settings = service.settings().withDescription("x".repeat(HUGE));
    return new Page(List.of(service.withSettings(settings)), 1);
  }

  private static SimulatedService newcomer(Project project, Random random) {
    return project.generator().service(random, SimulatedService.AVAILABLE, Instant.EPOCH);
  }
}
