package io.vpcep.operator.controller;

import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.crd.VpcEndpointProjectStatus;
import io.vpcep.operator.sync.CredentialSource;
import io.vpcep.operator.sync.CredentialSource.Supplied;
import io.vpcep.operator.sync.Mirror;
import io.vpcep.operator.sync.MirrorCounts;
import io.vpcep.operator.sync.ProjectIdentity;
import io.vpcep.operator.sync.ProjectSettings;
import io.vpcep.operator.sync.SyncFailure;
import io.vpcep.operator.sync.SyncResult;
import io.vpcep.operator.sync.SyncTask;
import io.vpcep.operator.sync.Synchronizer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
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
 *   <li>the sync: Ready=True {@code Synced}, or False with the reason of what went wrong;
 *   <li>report: status where it says something new, events, metrics;
 *   <li>the next turn, always: after the interval, or later when something is wrong.
 * </ol>
 */
final class ProjectCycle {
  private static final Logger log = LoggerFactory.getLogger(ProjectCycle.class);

  /** How long to wait for the view of the cluster, which seldom takes more than a moment. */
  private static final Duration VIEW_PENDING = Duration.ofSeconds(1);

  private static final Duration SUSPENDED = Duration.ofHours(1);
  private static final Duration STATUS_OWED = Duration.ofSeconds(10);
  private static final Duration SHORTEST = Duration.ofMillis(10);

  private final Synchronizer synchronizer;
  private final Mirror mirror;
  private final CredentialSource credentials;
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
    state.listedOrFirstSeen(ProjectReporter.status(project), now);
    UnderstoodSpec spec = UnderstoodSpec.of(project);
    if (isDue(project, state, now)) {
      attempt(project, spec, state);
    }
    return rest(project, spec, state);
  }

  private boolean isDue(VpcEndpointProject project, ProjectState state, Instant now) {
    return !Objects.equals(state.attemptedGeneration, project.getMetadata().getGeneration())
        || state.attemptedGeneration == null
        || !now.isBefore(state.nextAttempt)
        || state.statusOwed
        || isAskedFor(project, state)
        || hasNewCredentials(project, state);
  }

  private static boolean isAskedFor(VpcEndpointProject project, ProjectState state) {
    Map<String, String> annotations = Annotations.of(project);
    String requested = Annotations.requestedAt(annotations);
    String handled = ProjectReporter.status(project).lastHandledRequest();
    String confirmation = Annotations.confirmation(annotations);
    return (requested != null && !requested.equals(handled))
        || (confirmation != null && !confirmation.equals(state.seenConfirmation));
  }

  /** During back-off a mended Secret is worth an attempt at once. */
  private boolean hasNewCredentials(VpcEndpointProject project, ProjectState state) {
    return state.failures > 0
        && project.getSpec() != null
        && project.getSpec().credentials() != null
        && !credentialsVersion(project).equals(state.credentialsVersion);
  }

  private String credentialsVersion(VpcEndpointProject project) {
    try {
      return credentials.read(project.getMetadata().getNamespace(), project.getSpec()).version();
    } catch (SyncFailure e) {
      return e.reason().constant();
    }
  }

  private void attempt(VpcEndpointProject given, UnderstoodSpec spec, ProjectState state)
      throws InterruptedException {
    VpcEndpointProject project = given;
    Long generation = project.getMetadata().getGeneration();
    Instant started = clock.instant();
    VpcEndpointProjectStatus status = ProjectReporter.status(project);
    if (status.observedGeneration() == null
        || !Objects.equals(status.observedGeneration(), generation)) {
      project = reporter.syncing(project, state, started);
    }
    Attempt attempt = sync(project, spec, state, started);
    state.attemptedGeneration = generation;
    state.seenConfirmation = Annotations.confirmation(Annotations.of(project));
    MirrorCounts counts = MirrorCounts.of(mirror.ownedBy(identity(project)));
    reporter.attempted(state.latest(project), state, attempt, counts);
    remember(project, spec.interval(), state, attempt);
  }

  private Attempt sync(
      VpcEndpointProject project, UnderstoodSpec spec, ProjectState state, Instant started)
      throws InterruptedException {
    try {
      ProjectSettings settings = spec.orThrow();
      state.credentialsVersion = "";
      Supplied supplied = supplied(project, state);
      SyncTask task =
          new SyncTask(
              identity(project), settings, supplied, state.misses, unusedConfirmation(project));
      SyncResult result =
          synchronizer.sync(
              task, value -> reporter.confirmationUsedUp(state.latest(project), state, value));
      state.misses = result.plan().misses();
      state.lastListing = clock.instant();
      return Attempt.of(result, settings.listedFrom(), started, clock.instant());
    } catch (SyncFailure failure) {
      return Attempt.failed(failure, started, clock.instant());
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

  private void remember(
      VpcEndpointProject project, Duration interval, ProjectState state, Attempt attempt) {
    if (attempt.failure().isEmpty()) {
      logRecovery(project, state);
      state.failures = 0;
      state.lastFailure = null;
      state.nextAttempt = attempt.started().plus(Schedule.regular(interval, jitter.next()));
      return;
    }
    SyncFailure failure = attempt.failure().get();
    if (failure.reason() != state.lastFailure) {
      log.atWarn()
          .addKeyValue("project", identity(project))
          .addKeyValue("reason", failure.reason().constant())
          .log(failure.getMessage());
      state.failures = 0;
    }
    state.failures++;
    state.lastFailure = failure.reason();
    Duration delay =
        Schedule.afterFailure(
            failure.reason(),
            state.failures,
            interval,
            failure.retryAfter().orElse(null),
            jitter.next());
    state.nextAttempt = attempt.started().plus(delay);
  }

  private static void logRecovery(VpcEndpointProject project, ProjectState state) {
    if (state.lastFailure != null) {
      log.atInfo().addKeyValue("project", identity(project)).log("The project is in sync again");
    }
  }

  /** Sees to staleness, and says when to look again. */
  private Duration rest(VpcEndpointProject project, UnderstoodSpec spec, ProjectState state)
      throws InterruptedException {
    Instant now = clock.instant();
    Instant next = state.nextAttempt;
    if (state.failures > 0) {
      Instant stale = state.lastListing.plus(spec.staleAfter());
      if (!now.isBefore(stale)) {
        synchronizer.markStale(
            identity(project),
            "The project has not been listed since " + state.lastListing + ": see its conditions.");
      } else {
        next = earlier(next, stale);
      }
      next = earlier(next, now.plus(spec.interval()));
    }
    if (state.statusOwed) {
      next = earlier(next, now.plus(STATUS_OWED));
    }
    Duration delay = Duration.between(now, next);
    return delay.compareTo(SHORTEST) < 0 ? SHORTEST : delay;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static ProjectIdentity identity(VpcEndpointProject project) {
    return new ProjectIdentity(
        project.getMetadata().getNamespace(),
        project.getMetadata().getName(),
        project.getMetadata().getUid());
  }
}
