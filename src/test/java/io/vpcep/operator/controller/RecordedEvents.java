package io.vpcep.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps events. */
final class RecordedEvents implements EventRecorder {
  private final List<Recorded> all = new CopyOnWriteArrayList<>();

  /** One event. */
  record Recorded(String type, String reason, String message, String kind, String name) {}

  @Override
  public void normal(HasMetadata about, String reason, String message) {
    record("Normal", about, reason, message);
  }

  @Override
  public void warning(HasMetadata about, String reason, String message) {
    record("Warning", about, reason, message);
  }

  private void record(String type, HasMetadata about, String reason, String message) {
    all.add(new Recorded(type, reason, message, about.getKind(), about.getMetadata().getName()));
  }

  /** Reasons of all events so far, in order. */
  List<String> reasons() {
    return all.stream().map(Recorded::reason).toList();
  }

  List<Recorded> of(String reason) {
    return all.stream().filter(event -> event.reason().equals(reason)).toList();
  }

  void clear() {
    all.clear();
  }
}
