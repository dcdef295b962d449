package io.vpcep.operator.ops;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.vpcep.operator.config.LogFormat;
import org.slf4j.LoggerFactory;

/** Chooses the format of the log, once at the start. */
public final class Logging {
  private Logging() {}

  /** Text is what {@code logback.xml} says; JSON takes its place at every appender of the root. */
  public static void use(LogFormat format) {
    use(format, (LoggerContext) LoggerFactory.getILoggerFactory());
  }

  static void use(LogFormat format, LoggerContext context) {
    if (format == LogFormat.JSON) {
      context
          .getLogger(Logger.ROOT_LOGGER_NAME)
          .iteratorForAppenders()
          .forEachRemaining(
              appender -> {
                if (appender instanceof OutputStreamAppender<ILoggingEvent> stream) {
                  writeJson(stream, context);
                }
              });
    }
  }

  private static void writeJson(
      OutputStreamAppender<ILoggingEvent> appender, LoggerContext context) {
    JsonLines encoder = new JsonLines();
    encoder.setContext(context);
    encoder.start();
    appender.stop();
    appender.setEncoder(encoder);
    appender.start();
  }
}
