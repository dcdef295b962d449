package io.vpcep.operator;

import io.vpcep.operator.config.Setting;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of {@code run}, made from the list of settings. */
final class RunOptions {
  private RunOptions() {}

  /** Adds an option for each setting; values are read as text and checked with all others. */
  static void addTo(CommandSpec command) {
    for (Setting setting : Setting.values()) {
      command.addOption(option(setting));
    }
  }

  /**
   * Lays the options that were given over the environment.
   *
   * @return values by {@link Setting#environmentName()}, among whatever else the environment holds
   */
  static Map<String, String> over(Map<String, String> environment, ParseResult parsed) {
    Map<String, String> settings = new HashMap<>(environment);
    for (Setting setting : Setting.values()) {
      if (parsed.hasMatchedOption(setting.optionName())) {
        settings.put(
            setting.environmentName(), parsed.matchedOptionValue(setting.optionName(), ""));
      }
    }
    return settings;
  }

  private static OptionSpec option(Setting setting) {
    String standard = setting.defaultValue().isEmpty() ? "" : " Default: " + setting.defaultValue();
    OptionSpec.Builder option =
        OptionSpec.builder(setting.optionName())
            .type(String.class)
            .paramLabel(setting.isSwitch() ? "true|false" : "VALUE")
            .description(
                setting.description() + standard,
                "(environment: " + setting.environmentName() + ")");
    if (setting.isSwitch()) {
      option.arity("0..1").fallbackValue("true");
    }
    return option.build();
  }
}
