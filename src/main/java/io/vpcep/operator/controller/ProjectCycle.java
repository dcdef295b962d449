package io.vpcep.operator.controller;

import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.sync.CredentialSource;
import io.vpcep.operator.sync.CredentialSource.Supplied;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.Mirror;
import io.vpcep.operator.sync.MirrorCounts;
import io.vpcep.operator.sync.ProjectIdentity;
import io.vpcep.operator.sync.ProjectSettings;
import io.vpcep.operator.sync.SyncFailure;
import io.vpcep.operator.sync.SyncResult;
import io.vpcep.operator.sync.SyncTask;
import io.vpcep.operator.sync.Synchronizer;
import io.vpcep.operator.sync.WriteReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn of a project, from event or timer to the time of the next turn:
 *
 * <ol>
 *   <li>a suspended project rests: its conditions stay, an event says so;
 *   <li>a project that is not due, and that nobody asked for, rests: only staleness and a changed
 *       Secret are looked for;
 *   <li>a new spec is announced: Ready=Unknown, Reconciling=True {@code Syncing};
 *   <li>its turn: as long as others go first, nothing is said and the next turn is then;
 *   <li>the sync: Ready=True {@code Synced}, or False with the reason of what went wrong; where
 *       others were faster with some of the writes, nothing is said and it is repeated soon;
 *   <li>report: status where it says something new, events, metrics;
 *   <li>the next turn, always: after the interval, or later when something is wrong.
 * </ol>
 */
final class ProjectCycle {
  private static final Logger log = LoggerFactory.getLogger(ProjectCycle.class);

  /** How long to wait for the view of the cluster, which seldom takes more than a moment. */
  private static final Duration VIEW_PENDING = Duration.ofSeconds(1);

  /** So often a sync is repeated in silence when others were faster with some of its writes. */
  private static final int MOST_OUTRUN = 3;

  private static final Duration SUSPENDED = Duration.ofHours(1);
  private static final Duration STATUS_OWED = Duration.ofSeconds(10);
  private static final Duration SHORTEST = Duration.ofMillis(10);

  private final Synchronizer synchronizer;
  private final Mirror mirror;
  private final CredentialSource credentials;
  private final Triggers triggers;
  private final ProjectReporter reporter;
  private final InstantSource clock;
  private final Jitter jitter;

  ProjectCycle(
      Synchronizer synchronizer,
      Mirror mirror,
      CredentialSource credentials,
      ProjectReporter reporter,
      Time time) {
    this.synchronizer = synchronizer;
    this.mirror = mirror;
    this.credentials = credentials;
    this.triggers = new Triggers(credentials);
    this.reporter = reporter;
    this.clock = time.clock();
    this.jitter = time.jitter();
  }

  /**
   * Takes a turn.
   *
   * @param cached the project as the cache shows it
   * @return time until the next turn, should nothing happen before
   * @throws InterruptedException when the operator is stopping
   */
  Duration run(VpcEndpointProject cached, ProjectState state) throws InterruptedException {
    VpcEndpointProject project = state.latest(cached);
    Instant now = clock.instant();
    if (project.getSpec() != null && Boolean.TRUE.equals(project.getSpec().suspend())) {
      reporter.suspended(project, state, now);
      state.suspended = true;
      return state.statusOwed ? STATUS_OWED : SUSPENDED;
    }
    state.suspended = false;
    if (!mirror.isComplete()) {
      return VIEW_PENDING;
    }
    UnderstoodSpec spec = UnderstoodSpec.of(project);
    if (state.isNew()) {
      state.takeOver(project, mirror.ownedBy(identity(project)), spec.interval(), now);
      reporter.resumed(project, state, counts(project));
    }
    state.noticeClockSetBack(now);
    if (triggers.isDue(project, spec, state, now)) {
      attempt(project, spec, state);
    } else if (state.statusOwed) {
      reporter.owed(project, state, counts(project));
    }
    return rest(project, spec, state);
  }

  private void attempt(VpcEndpointProject asked, UnderstoodSpec spec, ProjectState state)
      throws InterruptedException {
    Instant started = clock.instant();
    state.attemptStarted = started;
    Long observed = ProjectReporter.status(asked).observedGeneration();
    if (observed == null || !observed.equals(asked.getMetadata().getGeneration())) {
      reporter.syncing(asked, state, started);
    }
    Attempt attempt = sync(asked, spec, state, started);
    if (attempt == null) {
      return;
    }
    state.attemptedGeneration = attempt.generation();
    state.seenRequest = Annotations.requestedAt(Annotations.of(asked));
    state.seenConfirmation = Annotations.confirmation(Annotations.of(asked));
    MirrorCounts counts = counts(asked);
    reporter.attempted(state.latest(asked), state, attempt, counts);
    Duration interval = isMoving(attempt, counts) ? spec.fastInterval() : spec.interval();
    remember(attempt, interval, state);
  }

  /** True when the next listing may well show something new. */
  private static boolean isMoving(Attempt attempt, MirrorCounts counts) {
    boolean changed =
        attempt.result().map(result -> result.report().changedAnything()).orElse(false);
    return attempt.failure().isEmpty()
        && (changed || counts.services().creating() + counts.services().deleting() > 0);
  }

  /** Null while others go first. */
  private Attempt sync(
      VpcEndpointProject asked, UnderstoodSpec spec, ProjectState state, Instant started)
      throws InterruptedException {
    state.waitsForTurn = false;
    try {
      ProjectSettings settings = spec.orThrow();
      Supplied supplied = supplied(asked, state);
      SyncTask task =
          new SyncTask(
              identity(asked),
              settings,
              supplied,
              state.misses.of(settings.listedFrom()),
              unusedConfirmation(asked));
      Duration wait = synchronizer.untilTurn(task);
      if (!wait.isZero()) {
        state.waitsForTurn = true;
        state.nextAttempt = clock.instant().plus(wait);
        return null;
      }
      SyncResult result =
          synchronizer.sync(
              task, value -> reporter.confirmationUsedUp(state.latest(asked), state, value));
      state.misses = new Misses(settings.listedFrom(), result.plan().misses());
      state.lastListing = clock.instant();
      Attempt attempt = Attempt.of(asked, result, settings.listedFrom(), started, clock.instant());
      state.outrun = attempt.isOutrun() ? state.outrun + 1 : 0;
      return state.outrun > MOST_OUTRUN ? attempt.failing(result.outrun()) : attempt;
    } catch (SyncFailure failure) {
      return Attempt.failed(asked, failure, started, clock.instant());
    }
  }

  private Supplied supplied(VpcEndpointProject project, ProjectState state) throws SyncFailure {
    try {
      Supplied supplied = credentials.read(project.getMetadata().getNamespace(), project.getSpec());
      state.credentialsVersion = supplied.version();
      return supplied;
    } catch (SyncFailure e) {
      state.credentialsVersion = e.reason().constant();
      throw e;
    }
  }

  private static String unusedConfirmation(VpcEndpointProject project) {
    String value = Annotations.confirmation(Annotations.of(project));
    String used = ProjectReporter.status(project).lastConfirmedPrune();
    return value == null || value.equals(used) ? null : value;
  }

  private void remember(Attempt attempt, Duration interval, ProjectState state) {
    ProjectIdentity project = identity(attempt.asked());
    log.atDebug()
        .addKeyValue("project", project)
        .addKeyValue("result", attempt.resultName())
        .addKeyValue("took", attempt.took())
        .setCause(attempt.failure().map(SyncFailure::getCause).orElse(null))
        .log("A sync ended");
    if (attempt.isOutrun()) {
      Duration delay = Schedule.afterOutrun(state.outrun, interval, jitter.next());
      state.nextAttempt = attempt.started().plus(delay);
      return;
    }
    if (attempt.failure().isEmpty()) {
      if (state.lastFailure != null) {
        log.atInfo().addKeyValue("project", project).log("The project is in sync again");
      }
      state.failures = 0;
      state.lastFailure = null;
      state.nextAttempt = attempt.started().plus(Schedule.regular(interval, jitter.next()));
      return;
    }
    SyncFailure failure = attempt.failure().get();
    FailureReason before = state.lastFailure;
    if (before != failure.reason() || state.failures == 0) {
      log.atWarn()
          .addKeyValue("project", project)
          .addKeyValue("reason", failure.reason().constant())
          .log(failure.getMessage());
    }
    boolean alike = before != null && before.recovery() == failure.reason().recovery();
    state.failures = alike ? state.failures + 1 : 1;
    state.lastFailure = failure.reason();
    Duration delay =
        Schedule.afterFailure(
            failure.reason(), state.failures, interval, attempt.retryAfter(), jitter.next());
    state.nextAttempt = attempt.started().plus(delay);
  }

  /** Sees to staleness, and says when to look again. */
  private Duration rest(VpcEndpointProject project, UnderstoodSpec spec, ProjectState state)
      throws InterruptedException {
    Instant now = clock.instant();
    state.noticeClockSetBack(now);
    Instant next = state.nextAttempt;
    if (state.failures > 0 || state.waitsForTurn) {
      Instant stale = state.lastListing.plus(spec.staleAfter());
      if (now.isBefore(stale)) {
        next = earlier(next, stale);
      } else {
        markStale(project, state);
      }
      next = earlier(next, now.plus(spec.interval()));
    }
    if (state.statusOwed) {
      next = earlier(next, now.plus(STATUS_OWED));
    }
    Duration delay = Duration.between(now, next);
    return delay.compareTo(SHORTEST) < 0 ? SHORTEST : delay;
  }

  private void markStale(VpcEndpointProject project, ProjectState state)
      throws InterruptedException {
    WriteReport marked = synchronizer.markStale(identity(project));
    if (marked.changedAnything()) {
      reporter.counted(state.latest(project), state, counts(project));
    }
  }

  private MirrorCounts counts(VpcEndpointProject project) {
    return MirrorCounts.of(mirror.ownedBy(identity(project)));
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  static ProjectIdentity identity(VpcEndpointProject project) {
    return new ProjectIdentity(
        project.getMetadata().getNamespace(),
        project.getMetadata().getName(),
        project.getMetadata().getUid());
  }
}
