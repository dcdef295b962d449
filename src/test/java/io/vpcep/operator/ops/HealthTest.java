package io.vpcep.operator.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class HealthTest {
  private static final HealthCheck FINE = new HealthCheck("lease", Optional::empty);

  @Test
  void isHealthyWhenEveryCheckPasses() {
    Health health = new Health(List.of(FINE), List.of(FINE, new HealthCheck("x", Optional::empty)));

    assertThat(health.ready())
        .isEqualTo(new Health.Report(true, List.of("[+]lease ok", "[+]x ok")));
  }

  @Test
  void namesTheCheckThatFails() {
    HealthCheck mirror = new HealthCheck("mirror", () -> Optional.of("still listing"));
    Health health = new Health(List.of(mirror), List.of(mirror, FINE));

    assertThat(health.ready())
        .isEqualTo(
            new Health.Report(false, List.of("[-]mirror failed: still listing", "[+]lease ok")));
  }

  @Test
  void keepsLivenessAndReadinessApart() {
    HealthCheck mirror = new HealthCheck("mirror", () -> Optional.of("still listing"));
    Health health = new Health(List.of(FINE), List.of(mirror));

    assertThat(health.live().healthy()).isTrue();
    assertThat(health.ready().healthy()).isFalse();
  }

  @Test
  void countsACheckThatThrowsAsFailed() {
    HealthCheck broken =
        new HealthCheck(
            "mirror",
            () -> {
              throw new IllegalStateException("no\nindex");
            });

    Health.Report report = new Health(List.of(broken), List.of(FINE)).live();

    assertThat(report.healthy()).isFalse();
    assertThat(report.lines())
        .containsExactly("[-]mirror failed: java.lang.IllegalStateException: no index");
  }

  @Test
  void keepsTheInterruptOfACheck() {
    HealthCheck interrupted =
        new HealthCheck(
            "mirror",
            () -> {
              throw new InterruptedException();
            });

    Health.Report report = new Health(List.of(interrupted), List.of(FINE)).live();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.lines()).containsExactly("[-]mirror failed: interrupted");
  }

  @Test
  void cutsALongReason() {
    HealthCheck wordy = new HealthCheck("mirror", () -> Optional.of("x".repeat(10_000)));

    Health.Report report = new Health(List.of(wordy), List.of(FINE)).live();

    assertThat(report.lines().get(0)).hasSizeLessThan(400).endsWith("...");
  }

  @Test
  void refusesToBeHealthyWithoutAnyCheck() {
    assertThatThrownBy(() -> new Health(List.of(), List.of(FINE)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Health(List.of(FINE), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void logsATurnOnceEachWay() {
    AtomicReference<String> trouble = new AtomicReference<>("gone");
    HealthCheck mirror = new HealthCheck("mirror", () -> Optional.ofNullable(trouble.get()));
    Health health = new Health(List.of(mirror), List.of(FINE));

    List<String> logged =
        loggedDuring(
            () -> {
              health.live();
              trouble.set("still gone");
              health.live();
              trouble.set(null);
              health.live();
              health.live();
            });

    assertThat(logged)
        .containsExactly(
            "WARN health check fails [check=\"mirror\", reason=\"gone\"]",
            "INFO health check passes again [check=\"mirror\"]");
  }

  private static List<String> loggedDuring(Runnable action) {
    Logger logger = (Logger) LoggerFactory.getLogger(Health.class);
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.INFO);
    try {
      action.run();
    } finally {
      logger.detachAppender(appender);
      logger.setLevel(null);
    }
    return appender.list.stream()
        .map(event -> event.getLevel() + " " + event.getMessage() + " " + event.getKeyValuePairs())
        .toList();
  }
}
