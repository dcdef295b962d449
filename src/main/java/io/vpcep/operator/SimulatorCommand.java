package io.vpcep.operator;

import io.vpcep.operator.simulator.Churn;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Serves the query API from memory. */
@Command(
    name = "simulator",
    description = "Serves the query API from memory, on this machine alone, until Ctrl-C.")
final class SimulatorCommand implements Callable<Integer> {

  @Option(
      names = "--port",
      defaultValue = "0",
      paramLabel = "P",
      description = "Port to serve on; 0: any free one. Default: ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = "--projects",
      defaultValue = "1",
      paramLabel = "N",
      description = "Cloud projects. Default: ${DEFAULT-VALUE}")
  private int projects;

  @Option(
      names = "--services",
      defaultValue = "20",
      paramLabel = "N",
      description = "Services in each project. Default: ${DEFAULT-VALUE}")
  private int services;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "The same seed gives the same services. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--token",
      paramLabel = "T",
      description = "Requests have to carry this token as X-Auth-Token. Default: any may come")
  private String token;

  @Option(
      names = "--latency",
      defaultValue = "0ms",
      paramLabel = "50ms",
      converter = Milliseconds.class,
      description = "Time that each answer takes, such as 50ms or 2s. Default: ${DEFAULT-VALUE}")
  private Duration latency;

  @Option(
      names = "--churn",
      paramLabel = "5/min",
      converter = ChurnConverter.class,
      description = "Changes in a while, such as 5/min, 2/s or 30/h. Default: none")
  private Churn churn;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    try (Simulator simulator = Simulator.start(options(), Environment.time().clock())) {
      print(simulator);
      new CountDownLatch(1).await();
      return ExitCode.OK;
    } catch (UncheckedIOException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private SimulatorOptions options() {
    try {
      return new SimulatorOptions(
          port,
          projects,
          services,
          seed,
          Optional.ofNullable(token),
          latency,
          Optional.ofNullable(churn));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private void print(Simulator simulator) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("The query API is served at " + simulator.baseUrl() + " for the projects");
    simulator.projectIds().forEach(out::println);
    out.println();
    out.println(
        "Try: java -jar target/vpcep-operator.jar list --endpoint "
            + simulator.baseUrl()
            + " --project-id "
            + simulator.projectIds().get(0));
    out.flush();
  }

  /** Reads {@code 50ms} or {@code 2s}. */
  static final class Milliseconds implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      String value = text.toLowerCase(Locale.ROOT);
      if (value.matches("[0-9]{1,9}ms")) {
        return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
      }
      if (value.matches("[0-9]{1,6}s")) {
        return Duration.ofSeconds(Long.parseLong(value.substring(0, value.length() - 1)));
      }
      throw new TypeConversionException("'" + text + "' is no time: write 50ms or 2s");
    }
  }

  /** Reads {@code 5/min}. */
  static final class ChurnConverter implements ITypeConverter<Churn> {
    @Override
    public Churn convert(String text) {
      try {
        return Churn.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
