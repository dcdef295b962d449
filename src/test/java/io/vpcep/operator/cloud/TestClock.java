package io.vpcep.operator.cloud;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time of day and of a stopwatch, which pass when a test says so. */
final class TestClock implements InstantSource {
  private volatile Instant now = CloudFixture.NOW;

  void pass(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }

  CloudCatalog.Clocks clocks() {
    return new CloudCatalog.Clocks(this, () -> Duration.between(CloudFixture.NOW, now).toNanos());
  }
}
