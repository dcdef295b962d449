package io.vpcep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.config.InvalidSettings;
import io.vpcep.operator.config.OperatorConfig;
import io.vpcep.operator.config.Setting;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class RunOptionsTest {
  private final CommandSpec command = CommandSpec.create();

  RunOptionsTest() {
    RunOptions.addTo(command);
  }

  @Test
  void letsOptionsWinOverTheEnvironment() throws InvalidSettings {
    Map<String, String> environment =
        Map.of("VPCEP_HTTP_PORT", "1", "VPCEP_LEASE_NAME", "blue", "VPCEP_WATCH_NAMESPACES", "a");

    OperatorConfig config = read(environment, "--http-port", "2", "--watch-namespaces=");

    assertThat(config.httpPort()).isEqualTo(2);
    assertThat(config.watchNamespaces()).isEmpty();
    assertThat(config.leaderElection().leaseName()).isEqualTo("blue");
  }

  @Test
  void takesASwitchWithAndWithoutValue() throws InvalidSettings {
    OperatorConfig config =
        read(Map.of(), "--allow-insecure-endpoints", "--leader-election", "false");

    assertThat(config.endpoints().allowInsecure()).isTrue();
    assertThat(config.leaderElection().enabled()).isFalse();
  }

  @Test
  void explainsEverySetting() {
    String help = new CommandLine(command).setUsageHelpWidth(400).getUsageMessage();

    for (Setting setting : Setting.values()) {
      assertThat(help)
          .contains(setting.optionName(), setting.environmentName(), setting.description());
    }
  }

  private OperatorConfig read(Map<String, String> environment, String... arguments)
      throws InvalidSettings {
    var parsed = new CommandLine(command).parseArgs(arguments);
    return OperatorConfig.read(RunOptions.over(environment, parsed));
  }
}
