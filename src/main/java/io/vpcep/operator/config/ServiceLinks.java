package io.vpcep.operator.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The variables that Kubernetes puts into every pod for each Service of its namespace, unless the
 * pod says {@code enableServiceLinks: false}. A Service named {@code vpcep-operator} gives {@code
 * VPCEP_OPERATOR_SERVICE_HOST}, {@code _SERVICE_PORT}, {@code _SERVICE_PORT_METRICS}, {@code _PORT}
 * and {@code _PORT_8080_TCP} with {@code _PROTO}, {@code _PORT} and {@code _ADDR}: nobody's
 * settings, and nobody's typing errors.
 *
 * <p>They are known by the {@code _SERVICE_HOST} that always comes with them, so that a mistyped
 * {@code VPCEP_HTP_PORT} is still found. A Service named {@code vpcep-http} even sets {@code
 * VPCEP_HTTP_PORT}, to {@code tcp://10.0.0.1:80}: the form of the value tells that it is not ours.
 */
final class ServiceLinks {
  private static final String HOST_SUFFIX = "_SERVICE_HOST";
  private static final Pattern SUFFIX =
      Pattern.compile(
          "_SERVICE_HOST|_SERVICE_PORT(_[A-Z0-9_]+)?"
              + "|_PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?");
  private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  private ServiceLinks() {}

  /** The settings without those variables. */
  static Map<String, String> strip(Map<String, String> settings) {
    Set<String> services =
        settings.keySet().stream()
            .filter(name -> name.startsWith(Setting.PREFIX) && name.endsWith(HOST_SUFFIX))
            .map(name -> name.substring(0, name.length() - HOST_SUFFIX.length()))
            .collect(Collectors.toSet());
    Map<String, String> own = new HashMap<>(settings);
    own.entrySet().removeIf(entry -> isLink(services, entry.getKey(), entry.getValue()));
    return own;
  }

  private static boolean isLink(Set<String> services, String name, String value) {
    boolean named =
        services.stream()
            .filter(name::startsWith)
            .anyMatch(service -> SUFFIX.matcher(name.substring(service.length())).matches());
    return named && (!UnknownNames.isKnown(name) || ADDRESS.matcher(value).matches());
  }
}
