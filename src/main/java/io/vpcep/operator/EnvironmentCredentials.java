package io.vpcep.operator;

import io.vpcep.operator.sync.Credentials;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Credentials out of environment variables. A variable without content counts as absent. */
final class EnvironmentCredentials {
  private static final String TOKEN = "VPCEP_TOKEN";
  private static final String ACCESS_KEY = "VPCEP_ACCESS_KEY";
  private static final String SECRET_KEY = "VPCEP_SECRET_KEY";
  private static final String SECURITY_TOKEN = "VPCEP_SECURITY_TOKEN";

  private final Map<String, String> variables;

  EnvironmentCredentials(Map<String, String> variables) {
    this.variables = variables;
  }

  /** What is wrong with them, in one line that names variables and shows no value. */
  Optional<String> problem() {
    List<String> keys = List.of(ACCESS_KEY, SECRET_KEY, SECURITY_TOKEN);
    List<String> present = keys.stream().filter(name -> value(name) != null).toList();
    if (present.isEmpty()) {
      return Optional.empty();
    }
    if (value(TOKEN) != null) {
      return Optional.of(
          "%s and %s are both set: keep the one or the other"
              .formatted(TOKEN, String.join(", ", present)));
    }
    List<String> missing =
        keys.subList(0, 2).stream().filter(name -> !present.contains(name)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s is set without %s"
                .formatted(String.join(", ", present), String.join(", ", missing)));
  }

  /** None, a token or a key pair; asked where there is no problem. */
  Credentials read() {
    if (value(TOKEN) != null) {
      return new Credentials.Token(value(TOKEN));
    }
    if (value(ACCESS_KEY) != null) {
      return new Credentials.AccessKey(value(ACCESS_KEY), value(SECRET_KEY), value(SECURITY_TOKEN));
    }
    return new Credentials.None();
  }

  private String value(String name) {
    String value = variables.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
