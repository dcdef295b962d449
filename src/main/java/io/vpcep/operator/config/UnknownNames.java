package io.vpcep.operator.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds variables that look like ours and are not: a mistyped name would otherwise leave the
 * default in force without a word.
 */
final class UnknownNames {
  /** Credentials of the command {@code list}, which may well lie in the same environment. */
  private static final Set<String> OF_OTHER_COMMANDS =
      Set.of("VPCEP_TOKEN", "VPCEP_ACCESS_KEY", "VPCEP_SECRET_KEY", "VPCEP_SECURITY_TOKEN");

  private static final Set<String> SETTINGS =
      Arrays.stream(Setting.values())
          .map(Setting::environmentName)
          .collect(Collectors.toUnmodifiableSet());

  private UnknownNames() {}

  static boolean isKnown(String name) {
    return SETTINGS.contains(name) || OF_OTHER_COMMANDS.contains(name);
  }

  /** One line a name, sorted. Values are not shown: a mistyped VPCEP_SECRET_KEY holds a secret. */
  static List<String> problems(Collection<String> names) {
    return names.stream()
        .filter(name -> name.toUpperCase(Locale.ROOT).startsWith(Setting.PREFIX))
        .filter(name -> !isKnown(name))
        .sorted()
        .map(name -> name + " is not a setting: did you mean " + nearest(name) + "?")
        .toList();
  }

  /** The setting that takes the fewest changes; a name that was cut short takes none. */
  private static String nearest(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return SETTINGS.stream()
        .sorted()
        .min(
            Comparator.comparingInt(
                setting -> setting.startsWith(upper) ? 0 : distance(upper, setting)))
        .orElseThrow();
  }

  /** Levenshtein's distance: how many characters to insert, delete or replace. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    Arrays.setAll(row, column -> column);
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
