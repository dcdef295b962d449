package io.vpcep.operator.controller;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.vpcep.operator.crd.Labels;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records events in the cluster, one after the other on a thread of its own. Events are news, not
 * state: when the cluster does not take them in, or too many wait, they are dropped.
 */
public final class KubernetesEvents implements EventRecorder, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KubernetesEvents.class);
  private static final int MOST_WAITING = 1000;
  private static final int MAX_MESSAGE = 1024;

  /** A name is the object's, cut so that the rest fits into 253 characters. */
  private static final int MAX_OBJECT_NAME = 220;

  private final KubernetesClient client;
  private final InstantSource clock;
  private final String instance;
  private final AtomicLong number = new AtomicLong();
  private final ThreadPoolExecutor thread;

  /**
   * Records through {@code client}.
   *
   * @param instance tells this process from other replicas
   */
  public KubernetesEvents(KubernetesClient client, InstantSource clock, String instance) {
    this.client = client;
    this.clock = clock;
    this.instance = instance;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread recorder = new Thread(task, "event-recorder");
              recorder.setDaemon(true);
              return recorder;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public void normal(HasMetadata about, String reason, String message) {
    record(about, event(about, "Normal", reason, message));
  }

  @Override
  public void warning(HasMetadata about, String reason, String message) {
    record(about, event(about, "Warning", reason, message));
  }

  private void record(HasMetadata about, Event event) {
    thread.execute(
        () -> {
          try {
            lookUpUid(about, event.getInvolvedObject());
            client.resource(event).create();
          } catch (KubernetesClientException e) {
            log.atDebug()
                .addKeyValue("reason", event.getReason())
                .log("An event could not be recorded: {}", e.getMessage());
          }
        });
  }

  /** kubectl describe finds events by the uid, which the mirror's index does not keep. */
  private void lookUpUid(HasMetadata about, ObjectReference reference) {
    if (reference.getUid() != null) {
      return;
    }
    GenericKubernetesResource present =
        client
            .genericKubernetesResources(
                ResourceDefinitionContext.fromResourceType(about.getClass()))
            .inNamespace(reference.getNamespace())
            .withName(reference.getName())
            .get();
    if (present != null) {
      reference.setUid(present.getMetadata().getUid());
    }
  }

  private Event event(HasMetadata about, String type, String reason, String message) {
    Instant now = clock.instant();
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    String name = about.getMetadata().getName();
    String stem = name.length() <= MAX_OBJECT_NAME ? name : cut(name);
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(about.getMetadata().getNamespace())
        .withName("%s.%x%x".formatted(stem, now.toEpochMilli(), number.incrementAndGet() & 0xffff))
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(about.getMetadata().getNamespace())
        .withName(name)
        .withUid(about.getMetadata().getUid())
        .endInvolvedObject()
        .withType(type)
        .withReason(reason)
        .withMessage(message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE))
        .withFirstTimestamp(time)
        .withLastTimestamp(time)
        .withCount(1)
        .withReportingComponent(Labels.OPERATOR)
        .withReportingInstance(instance)
        .withNewSource()
        .withComponent(Labels.OPERATOR)
        .endSource()
        .build();
  }

  /** What is before the dot of a name ends in a letter or digit. */
  private static String cut(String name) {
    return name.substring(0, MAX_OBJECT_NAME).replaceAll("[-.]+$", "");
  }

  /** Drops what waits. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
