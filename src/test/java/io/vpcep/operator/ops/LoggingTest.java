package io.vpcep.operator.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vpcep.operator.config.LogFormat;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads the shipped configuration into a context of its own; tests log by another one. */
class LoggingTest {
  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void configure() throws JoranException {
    context.setMDCAdapter(new LogbackMDCAdapter());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LoggingTest.class.getResource("/logback.xml"));
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void writesTextWithKeysToStandardError() {
    List<String> lines = linesOf(LogFormat.TEXT, LoggingTest::logAChange);

    assertThat(lines)
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  Sync"
                            + " mirror changed project=\"network/prod\" created=\"2\""));
  }

  @Test
  void writesOneJsonObjectALine() throws Exception {
    List<String> lines =
        linesOf(
            LogFormat.JSON,
            log -> {
              logAChange(log);
              log.getLogger("io.vpcep.Sync").warn("{} of \"{}\"\nfailed", 3, "prod\u0001ü");
            });

    assertThat(lines).hasSize(2);
    JsonNode change = new ObjectMapper().readTree(lines.get(0));
    assertThat(change.get("level").asText()).isEqualTo("INFO");
    assertThat(change.get("loggerName").asText()).isEqualTo("io.vpcep.Sync");
    assertThat(change.get("message").asText()).isEqualTo("mirror changed");
    assertThat(change.get("kvpList").toString())
        .isEqualTo("[{\"project\":\"network/prod\"},{\"created\":\"2\"}]");
    assertThat(Instant.parse(change.get("timestamp").asText()))
        .isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now().plusSeconds(1));
    JsonNode warning = new ObjectMapper().readTree(lines.get(1));
    assertThat(warning.get("message").asText()).isEqualTo("3 of \"prod\u0001ü\"\nfailed");
    assertThat(warning.has("kvpList")).isFalse();
  }

  @Test
  void keepsAnExceptionInItsJsonLine() throws Exception {
    Exception cause = new IllegalStateException("no \"index\"\nyet");

    List<String> lines =
        linesOf(LogFormat.JSON, log -> log.getLogger("io.vpcep.Sync").error("cannot plan", cause));

    assertThat(lines).hasSize(1);
    JsonNode throwable = new ObjectMapper().readTree(lines.get(0)).get("throwable");
    assertThat(throwable.get("className").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(throwable.get("message").asText()).isEqualTo("no \"index\"\nyet");
  }

  @Test
  void keepsAForgedLineOnTheLineOfItsEvent() {
    List<String> lines =
        linesOf(
            LogFormat.TEXT,
            log ->
                log.getLogger("io.vpcep.Sync")
                    .atWarn()
                    .addKeyValue("reason", "a\r\n2026-11-22 ERROR b")
                    .log("c\nd"));

    assertThat(lines).singleElement().asString().endsWith("c d reason=\"a 2026-11-22 ERROR b\"");
  }

  @Test
  void printsAStackTraceInText() {
    Exception cause = new IllegalStateException("no index");

    List<String> lines =
        linesOf(LogFormat.TEXT, log -> log.getLogger("io.vpcep.Sync").error("cannot plan", cause));

    assertThat(lines).hasSizeGreaterThan(2);
    assertThat(lines.get(1)).isEqualTo("java.lang.IllegalStateException: no index");
  }

  @Test
  void listensToLibrariesFromWarningsOn() {
    assertThat(context.getLogger("io.vpcep.operator").getEffectiveLevel()).isEqualTo(Level.INFO);
    assertThat(context.getLogger("okhttp3").getEffectiveLevel()).isEqualTo(Level.WARN);
    assertThat(context.getLogger("io.fabric8").getEffectiveLevel()).isEqualTo(Level.WARN);
    assertThat(context.getLogger("io.javaoperatorsdk").getEffectiveLevel()).isEqualTo(Level.WARN);
  }

  private static void logAChange(LoggerContext log) {
    log.getLogger("io.vpcep.Sync")
        .atInfo()
        .addKeyValue("project", "network/prod")
        .addKeyValue("created", 2)
        .log("mirror changed");
  }

  private List<String> linesOf(LogFormat format, Consumer<LoggerContext> action) {
    PrintStream stderr = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      Logging.use(format, context);
      action.accept(context);
    } finally {
      System.setErr(stderr);
    }
    return captured.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
