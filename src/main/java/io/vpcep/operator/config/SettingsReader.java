package io.vpcep.operator.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads settings one by one and keeps every problem. Where a value makes no sense it answers with
 * the default, so that reading goes on; {@link #throwIfAnyProblem} has the last word.
 */
final class SettingsReader {
  private static final int LONGEST_VALUE_SHOWN = 200;

  private final Map<String, String> settings;
  private final List<String> problems = new ArrayList<>();

  SettingsReader(Map<String, String> settings) {
    this.settings = settings;
  }

  /** A text that is empty or of the given syntax. */
  String text(Setting setting, Predicate<String> syntax, String remedy) {
    String value = value(setting);
    return value.isEmpty() ? value : accept(setting, value, syntax.test(value), remedy);
  }

  /** Comma-separated items of the given syntax, without repetition. */
  List<String> list(Setting setting, Predicate<String> syntax, String remedy) {
    return items(setting, value(setting), syntax, remedy);
  }

  /** Comma-separated items whose case means nothing, in lower case. */
  List<String> lowerCaseList(Setting setting, Predicate<String> syntax, String remedy) {
    return items(setting, value(setting).toLowerCase(Locale.ROOT), syntax, remedy);
  }

  /** A TCP port, or 0. */
  int port(Setting setting) {
    String value = value(setting);
    boolean valid = value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= 65535;
    return Integer.parseInt(
        accept(setting, value, valid, "write a whole number from 0 (any free port) to 65535"));
  }

  /** True or false in any case. */
  boolean flag(Setting setting) {
    String value = value(setting).toLowerCase(Locale.ROOT);
    boolean valid = value.equals("true") || value.equals("false");
    return Boolean.parseBoolean(accept(setting, value, valid, "write true or false"));
  }

  /** The format of the log. */
  LogFormat logFormat(Setting setting) {
    String value = value(setting).toLowerCase(Locale.ROOT);
    boolean valid = value.equals("text") || value.equals("json");
    return LogFormat.valueOf(
        accept(setting, value, valid, "write text or json").toUpperCase(Locale.ROOT));
  }

  /** A variable that is no setting of ours. */
  Optional<String> foreign(String name, Predicate<String> syntax, String remedy) {
    String value = settings.getOrDefault(name, "").strip();
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!syntax.test(value)) {
      problems.add(problem(name, value, remedy));
    }
    return Optional.of(value);
  }

  /** The proxies that the environment names. */
  ProxySettings proxies() {
    try {
      return ProxySettings.read(settings);
    } catch (InvalidSettings e) {
      refuse(e.problems());
      return ProxySettings.NONE;
    }
  }

  /** Adds problems that were found elsewhere. */
  void refuse(List<String> more) {
    problems.addAll(more);
  }

  void throwIfAnyProblem() throws InvalidSettings {
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
  }

  private List<String> items(
      Setting setting, String value, Predicate<String> syntax, String remedy) {
    if (value.isEmpty()) {
      return List.of();
    }
    // An empty item is refused: a list of nothing else would silently mean "all".
    List<String> items = Arrays.stream(value.split(",", -1)).map(String::strip).distinct().toList();
    for (String item : items) {
      accept(setting, item, syntax.test(item), remedy);
    }
    return items;
  }

  private String accept(Setting setting, String value, boolean valid, String remedy) {
    if (valid) {
      return value;
    }
    String name = setting.environmentName() + " (" + setting.optionName() + ")";
    problems.add(problem(name, value, remedy));
    return setting.defaultValue();
  }

  private String value(Setting setting) {
    String value = settings.getOrDefault(setting.environmentName(), "").strip();
    return value.isEmpty() ? setting.defaultValue() : value;
  }

  private static String problem(String name, String value, String remedy) {
    String line = value.replaceAll("\\p{Cntrl}", "?");
    String shown =
        line.length() > LONGEST_VALUE_SHOWN ? line.substring(0, LONGEST_VALUE_SHOWN) + "..." : line;
    return name + " is \"" + shown + "\": " + remedy;
  }
}
