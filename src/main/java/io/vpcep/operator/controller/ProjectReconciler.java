package io.vpcep.operator.controller;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.ops.OperatorMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell that JOSDK calls: it keeps what is remembered of each project, lets {@link
 * ProjectCycle} take a turn, and always says when the next one is due. JOSDK's own retries are off:
 * they end after five failures and leave a project alone for hours.
 */
@ControllerConfiguration(name = "vpcendpointproject", generationAwareEventProcessing = false)
final class ProjectReconciler implements Reconciler<VpcEndpointProject> {
  private static final Logger log = LoggerFactory.getLogger(ProjectReconciler.class);

  private final ProjectCycle cycle;
  private final OperatorMetrics metrics;
  private final Duration afterDefect;
  private final Map<String, ProjectState> states = new ConcurrentHashMap<>();

  /**
   * @param afterDefect time until the next turn of a project whose turn ended with an exception
   */
  ProjectReconciler(ProjectCycle cycle, OperatorMetrics metrics, Duration afterDefect) {
    this.cycle = cycle;
    this.metrics = metrics;
    this.afterDefect = afterDefect;
  }

  @Override
  public UpdateControl<VpcEndpointProject> reconcile(
      VpcEndpointProject project, Context<VpcEndpointProject> context) throws InterruptedException {
    if (project.isMarkedForDeletion()) {
      return UpdateControl.noUpdate();
    }
    String uid = project.getMetadata().getUid();
    ProjectState state = states.computeIfAbsent(uid, key -> new ProjectState());
    try {
      Duration next = cycle.run(project, state);
      return UpdateControl.<VpcEndpointProject>noUpdate().rescheduleAfter(next);
    } catch (Error e) {
      // JOSDK would neither end this turn nor ever take another one of this project.
      throw new IllegalStateException("A turn ended with an error", e);
    } finally {
      if (states.get(uid) != state) {
        // Deleted meanwhile: what the turn measured must not outlive the project.
        forget(project);
      }
    }
  }

  @Override
  public ErrorStatusUpdateControl<VpcEndpointProject> updateErrorStatus(
      VpcEndpointProject project, Context<VpcEndpointProject> context, Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    } else {
      log.atError()
          .addKeyValue("project", ProjectCycle.identity(project))
          .setCause(e)
          .log("A turn of the project failed unexpectedly; the next one comes");
    }
    return ErrorStatusUpdateControl.<VpcEndpointProject>noStatusUpdate()
        .rescheduleAfter(afterDefect);
  }

  @Override
  public List<EventSource<?, VpcEndpointProject>> prepareEventSources(
      EventSourceContext<VpcEndpointProject> context) {
    return List.of(new DeletedProjects());
  }

  /** How many projects something is remembered of. */
  int remembered() {
    return states.size();
  }

  private void forget(VpcEndpointProject project) {
    states.remove(project.getMetadata().getUid());
    metrics.forget(project.getMetadata().getNamespace(), project.getMetadata().getName());
  }

  /** Hears of deletions, which need no finalizer: the mirror goes with its owner. */
  private final class DeletedProjects extends AbstractEventSource<Void, VpcEndpointProject>
      implements ResourceEventAware<VpcEndpointProject> {
    DeletedProjects() {
      super(Void.class, "deleted-projects");
    }

    @Override
    public Set<Void> getSecondaryResources(VpcEndpointProject primary) {
      return Set.of();
    }

    @Override
    public void onResourceDeleted(VpcEndpointProject project) {
      forget(project);
    }
  }
}
