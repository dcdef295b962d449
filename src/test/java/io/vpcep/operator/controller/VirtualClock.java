package io.vpcep.operator.controller;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. */
final class VirtualClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");
  private volatile Instant latest = now;

  @Override
  public Instant instant() {
    return now;
  }

  void advance(Duration duration) {
    set(now.plus(duration));
  }

  void set(Instant instant) {
    now = instant;
    latest = instant.isAfter(latest) ? instant : latest;
  }

  /** The latest time that it ever showed. */
  Instant latest() {
    return latest;
  }
}
