package io.vpcep.operator.config;

import java.util.List;
import java.util.Map;

/**
 * The settings of {@code run}, read once and valid.
 *
 * @param watchNamespaces namespaces to watch, without repetition; empty: all
 * @param projectSelector label selector on projects in the syntax of the Kubernetes API; "": none
 * @param httpPort 0 to 65535; 0: any free port
 * @param leaderElection whether and by which Lease
 * @param endpoints which endpoints projects may name
 * @param logFormat how log lines look
 */
public record OperatorConfig(
    List<String> watchNamespaces,
    String projectSelector,
    int httpPort,
    LeaderElection leaderElection,
    EndpointRules endpoints,
    LogFormat logFormat) {

  /** Variable of the downward API that names the namespace of the pod; no option of ours. */
  public static final String POD_NAMESPACE = "POD_NAMESPACE";

  private static final String NAMESPACE_REMEDY =
      "write names of namespaces, separated by single commas: lower-case letters, digits and '-',"
          + " 63 characters at most";
  private static final String SELECTOR_REMEDY =
      "write a label selector such as team=blue,tier!=test or team in (blue,red)";
  private static final String LEASE_REMEDY =
      "write the name of a Lease: lower-case letters, digits, '-' and '.', 253 characters at most";
  private static final String HOST_REMEDY =
      "write hosts alone, without scheme, port or path, separated by single commas, such as"
          + " vpcep.*.myhuaweicloud.com, where * stands for one whole label";
  private static final String POD_NAMESPACE_REMEDY = "write the name of the pod's namespace";

  /** Copies the list. */
  public OperatorConfig {
    watchNamespaces = List.copyOf(watchNamespaces);
  }

  /**
   * Reads the settings. A blank value is as good as none. Variables of other programs may be among
   * them; unknown ones that begin with {@code VPCEP_} are taken for a typing error, unless
   * Kubernetes puts them there (see {@link ServiceLinks}) or another command reads them.
   *
   * @param settings values by the names of {@link Setting#environmentName()} and {@link
   *     #POD_NAMESPACE}, the environment as it is or options laid over it
   * @throws InvalidSettings with every problem
   */
  public static OperatorConfig read(Map<String, String> settings) throws InvalidSettings {
    Map<String, String> own = ServiceLinks.strip(settings);
    SettingsReader reader = new SettingsReader(own);
    OperatorConfig config =
        new OperatorConfig(
            reader.list(Setting.WATCH_NAMESPACES, Syntax::isLabel, NAMESPACE_REMEDY),
            reader.text(Setting.PROJECT_SELECTOR, Syntax::isSelector, SELECTOR_REMEDY),
            reader.port(Setting.HTTP_PORT),
            leaderElection(reader),
            new EndpointRules(
                reader.lowerCaseList(Setting.ALLOWED_ENDPOINTS, Syntax::isHostPattern, HOST_REMEDY),
                reader.flag(Setting.ALLOW_INSECURE_ENDPOINTS),
                reader.proxies()),
            reader.logFormat(Setting.LOG_FORMAT));
    reader.refuse(UnknownNames.problems(own.keySet()));
    reader.throwIfAnyProblem();
    return config;
  }

  private static LeaderElection leaderElection(SettingsReader reader) {
    return new LeaderElection(
        reader.flag(Setting.LEADER_ELECTION),
        reader.text(Setting.LEASE_NAME, Syntax::isSubdomain, LEASE_REMEDY),
        reader.foreign(POD_NAMESPACE, Syntax::isLabel, POD_NAMESPACE_REMEDY).orElse(null));
  }
}
