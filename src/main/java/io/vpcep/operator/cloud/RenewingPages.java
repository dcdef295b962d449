package io.vpcep.operator.cloud;

import io.vpcep.operator.cloud.auth.Authentication;
import io.vpcep.operator.cloud.auth.Session;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.util.Optional;
import java.util.function.Function;

/**
 * Pages of which each is asked for with what is valid by then. A page that is refused with 401 is
 * asked for once more with something else, where there is something else: tokens may be void before
 * they end.
 */
final class RenewingPages implements PageSource {
  private final Session session;
  private final Function<Authentication, PageSource> pages;
  private Authentication used;
  private PageSource source;

  /**
   * @param pages those of the listing, with a given authentication
   */
  RenewingPages(Session session, Function<Authentication, PageSource> pages) {
    this.session = session;
    this.pages = pages;
  }

  @Override
  public Answer fetch(long offset) throws SyncFailure, InterruptedException {
    Answer answer = with(session.current()).fetch(offset);
    if (unauthorized(answer).isPresent()) {
      Optional<Authentication> renewed = session.renewed();
      if (renewed.isPresent()) {
        answer = with(renewed.get()).fetch(offset);
      }
    }
    if (answer instanceof Answer.Read) {
      session.accepted();
    }
    unauthorized(answer).ifPresent(error -> session.refused(error.toFailure()));
    return answer;
  }

  private static Optional<ApiError> unauthorized(Answer answer) {
    return answer instanceof Answer.Refused refused
            && refused.error().reason() == FailureReason.AUTHENTICATION_FAILED
        ? Optional.of(refused.error())
        : Optional.empty();
  }

  private PageSource with(Authentication authentication) {
    if (authentication != used) {
      source = pages.apply(authentication);
      used = authentication;
    }
    return source;
  }
}
