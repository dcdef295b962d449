package io.vpcep.operator;

import io.vpcep.operator.simulator.Churn;
import io.vpcep.operator.simulator.PlannedFault;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import io.vpcep.operator.simulator.Throttle;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Serves the query API from memory. */
@Command(
    name = "simulator",
    sortOptions = false,
    description = "Serves the query API from memory, on this machine alone, until Ctrl-C.",
    footer = {
      "",
      "Faults:",
      "  server-error   500",
      "  throttled      429, to be asked again after a second",
      "  forbidden      403, as without the permission to list",
      "  html           200 with a page of HTML, as from a firewall",
      "  cut-body       half an answer, then the connection is closed",
      "  empty          200 with no service at all",
      "  torn           total_count differs between pages",
      "  endless-list   a listing that has always one page more",
      "  huge-strings   a string of 10,000,000 characters",
      "  slow           answers trickle, 160 bytes a second",
      "  hang           no answer at all"
    })
final class SimulatorCommand implements Callable<Integer>, SelfChecking {

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Port to serve on; 0: any free one. Default: ${DEFAULT-VALUE}")
  private int port = 0;

  @Option(
      names = "--projects",
      paramLabel = "N",
      description = "Cloud projects. Default: ${DEFAULT-VALUE}")
  private int projects = 1;

  @Option(
      names = "--services",
      paramLabel = "N",
      description = "Services in each project. Default: ${DEFAULT-VALUE}")
  private int services = 20;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "The same seed gives the same services. Default: ${DEFAULT-VALUE}")
  private long seed = 1;

  @Option(
      names = "--latency",
      paramLabel = "50ms",
      converter = DurationConverter.class,
      description = "Time that each answer takes, such as 50ms or 2s. Default: none")
  private Duration latency;

  @Option(
      names = "--churn",
      paramLabel = "5/min",
      converter = ChurnConverter.class,
      description = "Changes in a while, such as 5/min, 2/s or 30/h. Default: none")
  private Churn churn;

  @Option(
      names = "--throttle",
      paramLabel = "20/s",
      converter = ThrottleConverter.class,
      description =
          "Listings of all projects that are answered in a while, such as 20/s, 200/min or 1000/h;"
              + " others are refused with 429. Default: all are answered")
  private Throttle throttle;

  @Option(
      names = "--fault",
      paramLabel = "NAME[:PROJECT-ID]",
      converter = FaultConverter.class,
      description =
          "What goes wrong with every listing, of one project or of all; may be repeated. Names are"
              + " below. Default: nothing")
  private List<PlannedFault> faults = List.of();

  @Mixin private SimulatorAccess access;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    SimulatorOptions options = SimulatorOptions.defaults();
    for (UnaryOperator<SimulatorOptions> given : given()) {
      options = given.apply(options);
    }
    try (Simulator simulator = Simulator.start(options, Environment.time().clock())) {
      new SimulatorIntroduction(simulator, options.access()).print(spec.commandLine().getOut());
      new CountDownLatch(1).await();
      return ExitCode.OK;
    } catch (UncheckedIOException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>(access.misplaced());
    SimulatorOptions options = SimulatorOptions.defaults();
    for (UnaryOperator<SimulatorOptions> given : given()) {
      try {
        options = given.apply(options);
      } catch (IllegalArgumentException wrong) {
        wrong.getMessage().lines().forEach(problems::add);
      }
    }
    return problems;
  }

  /** Each of them refuses what is wrong with its own options. The faults need the projects. */
  private List<UnaryOperator<SimulatorOptions>> given() {
    return List.of(
        options -> options.withPort(port),
        options -> options.withSize(projects, services),
        options -> options.withSeed(seed),
        options -> latency == null ? options : options.withLatency(latency),
        options -> churn == null ? options : options.withChurn(churn),
        options -> throttle == null ? options : options.withThrottle(throttle),
        options -> options.withFaults(faults),
        options -> options.withAccess(access.access(seed)));
  }

  /** Reads {@code 50ms}, {@code 2s}, {@code 10m} or {@code 1h}. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    @Override
    public Duration convert(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new TypeConversionException("'" + text + "' is no time: write 50ms, 2s, 10m or 1h");
      }
      long number = Long.parseLong(form.group(1));
      return switch (form.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        default -> Duration.ofHours(number);
      };
    }
  }

  /** Reads {@code 5/min}. */
  static final class ChurnConverter implements ITypeConverter<Churn> {
    @Override
    public Churn convert(String text) {
      return converted(text, Churn::parse);
    }
  }

  /** Reads {@code 20/s}. */
  static final class ThrottleConverter implements ITypeConverter<Throttle> {
    @Override
    public Throttle convert(String text) {
      return converted(text, Throttle::parse);
    }
  }

  /** Reads {@code torn} or {@code torn:PROJECT-ID}. */
  static final class FaultConverter implements ITypeConverter<PlannedFault> {
    @Override
    public PlannedFault convert(String text) {
      return converted(text, PlannedFault::parse);
    }
  }

  private static <T> T converted(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
