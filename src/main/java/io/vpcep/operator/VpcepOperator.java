package io.vpcep.operator;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The program. */
@Command(
    name = "vpcep-operator",
    description = "Shows a cloud's VPC endpoint services as Kubernetes resources.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {RunCommand.class, ListCommand.class, SimulatorCommand.class})
final class VpcepOperator {

  /** Command line entry point; ends with the exit code of the command. */
  public static void main(String[] args) {
    // Before anything loads the JDK's HTTP server: without it, small answers wait 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.exit(commandLine().execute(args));
  }

  /** The commands, ready to be executed. */
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new VpcepOperator());
    RunOptions.addTo(commandLine.getSubcommands().get("run").getCommandSpec());
    return Problems.reportedAtOnce(commandLine);
  }
}
