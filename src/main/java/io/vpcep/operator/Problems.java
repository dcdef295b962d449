package io.vpcep.operator;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Reports every problem of a command line, one a line, where picocli would stop at the first. */
final class Problems {
  private Problems() {}

  static CommandLine reportedAtOnce(CommandLine commandLine) {
    collectErrors(commandLine);
    commandLine.setExecutionStrategy(Problems::execute);
    commandLine.setParameterExceptionHandler((e, args) -> report(e.getCommandLine(), lines(e)));
    return commandLine;
  }

  private static void collectErrors(CommandLine commandLine) {
    commandLine.getCommandSpec().parser().collectErrors(true);
    commandLine.getSubcommands().values().forEach(Problems::collectErrors);
  }

  private static int execute(ParseResult parsed) {
    Integer help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return help;
    }
    Set<String> problems = new LinkedHashSet<>();
    ParseResult last = parsed;
    for (ParseResult at = parsed; at != null; at = at.subcommand()) {
      at.errors().forEach(e -> problems.addAll(List.of(e.getMessage().split("\n"))));
      last = at;
    }
    if (last.commandSpec().userObject() instanceof SelfChecking command) {
      problems.addAll(command.problems());
    }
    if (!problems.isEmpty()) {
      return report(last.commandSpec().commandLine(), problems);
    }
    if (!last.commandSpec().subcommands().isEmpty()) {
      last.commandSpec().commandLine().usage(last.commandSpec().commandLine().getErr());
      return ExitCode.USAGE;
    }
    return new RunLast().execute(parsed);
  }

  private static List<String> lines(ParameterException e) {
    return List.of(e.getMessage().split("\n"));
  }

  private static int report(CommandLine commandLine, Collection<String> problems) {
    problems.forEach(commandLine.getErr()::println);
    commandLine
        .getErr()
        .println("Try '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }
}
