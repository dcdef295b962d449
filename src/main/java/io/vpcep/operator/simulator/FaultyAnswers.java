package io.vpcep.operator.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The last step of a request: the listing, or what the fault of its project makes of it. */
final class FaultyAnswers {
  private static final int HUGE = 10_000_000;
  private static final Throttle ONE_A_SECOND = new Throttle(1, Duration.ofSeconds(1));
  private static final String FIREWALL =
      "<!DOCTYPE html><html><head><title>Blocked</title></head>"
          + "<body><h1>The request was blocked</h1></body></html>";

  private FaultyAnswers() {}

  /**
   * Answers a listing.
   *
   * @param requestId what a gateway names in its errors
   * @throws ApiError where the offset of the query does not fit the services, or the fault is one
   */
  static Outcome listing(Project project, Query query, String requestId) throws ApiError {
    return switch (project.fault()) {
      case NONE -> Answer.of(Page.select(project.services(), query));
      case SERVER_ERROR -> throw ApiError.internal();
      case THROTTLED ->
          Answer.of(ApiError.throttled(ONE_A_SECOND), requestId).with("Retry-After", "1");
      case FORBIDDEN -> throw ApiError.forbidden();
      case HTML ->
          Answer.of(200, "text/html; charset=utf-8", FIREWALL.getBytes(StandardCharsets.UTF_8));
      case CUT_BODY -> Answer.of(Page.select(project.services(), query)).cutInHalf();
      case EMPTY -> Answer.of(Page.select(List.of(), query));
      case TORN -> Answer.of(torn(Page.select(project.services(), query), query));
      case ENDLESS_LIST -> Answer.of(endless(project, query));
      case HUGE_STRINGS -> Answer.of(huge(project));
      case SLOW -> new Outcome.Trickle(Answer.of(Page.select(project.services(), query)), project);
      case HANG -> new Outcome.Silence(project);
    };
  }

  private static Page torn(Page page, Query query) {
    int more = query.offset() == 0 ? 1 : 0;
    return new Page(page.endpointServices(), page.totalCount() + more);
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
