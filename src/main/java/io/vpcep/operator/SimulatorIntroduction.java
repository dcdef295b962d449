package io.vpcep.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vpcep.operator.crd.VpcEndpointProject;
import io.vpcep.operator.simulator.Access;
import io.vpcep.operator.simulator.Simulator;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code simulator} prints: what there is, and lines to paste that use it. */
final class SimulatorIntroduction {
  private static final String JAR = "java -jar target/vpcep-operator.jar";
  private static final String NAME = "simulator";

  private final Simulator simulator;
  private final Access access;

  SimulatorIntroduction(Simulator simulator, Access access) {
    this.simulator = simulator;
    this.access = access;
  }

  void print(PrintWriter out) {
    out.println("The query API is served at " + simulator.baseUrl() + " for the projects");
    simulator.projectIds().forEach(out::println);
    out.println();
    if (access instanceof Access.Login) {
      out.println("The identity service (IAM) is served there too.");
    } else {
      out.println("Try: " + variables() + listing());
    }
    Map<String, String> secret = secret();
    if (!secret.isEmpty()) {
      out.println();
      out.println("With the operator, which must run with VPCEP_ALLOW_INSECURE_ENDPOINTS=true:");
      out.println("kubectl apply -f - <<'END'");
      out.print(Serialization.asYaml(secretResource(secret)));
      out.print(Serialization.asYaml(projectResource()));
      out.println("END");
    }
    out.flush();
  }

  private String listing() {
    return "%s list --endpoint %s --project-id %s"
        .formatted(JAR, simulator.baseUrl(), simulator.projectIds().get(0));
  }

  /** In front of the command, for a shell. */
  private String variables() {
    Map<String, String> names =
        Map.of(
            "token", "VPCEP_TOKEN",
            "accessKey", "VPCEP_ACCESS_KEY",
            "secretKey", "VPCEP_SECRET_KEY",
            "securityToken", "VPCEP_SECURITY_TOKEN");
    return secret().entrySet().stream()
        .map(entry -> names.get(entry.getKey()) + "=" + quoted(entry.getValue()) + " ")
        .collect(Collectors.joining());
  }

  private static String quoted(String value) {
    return value.matches("[A-Za-z0-9_./+=:@-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
  }

  /** The keys of a Secret with the credentials. */
  private Map<String, String> secret() {
    Map<String, String> keys = new LinkedHashMap<>();
    if (access instanceof Access.Token token) {
      keys.put("token", token.token());
    } else if (access instanceof Access.KeyPair pair) {
      keys.put("accessKey", pair.accessKey());
      keys.put("secretKey", pair.secretKey());
      pair.securityToken().ifPresent(token -> keys.put("securityToken", token));
    } else if (access instanceof Access.Login login) {
      keys.put("username", login.username());
      keys.put("password", login.password());
      keys.put("domainName", login.domainName());
    }
    return keys;
  }

  private static Secret secretResource(Map<String, String> keys) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(NAME)
        .endMetadata()
        .withStringData(keys)
        .build();
  }

  /** What a person would write: no field but those that are needed. */
  private GenericKubernetesResource projectResource() {
    String url = simulator.baseUrl().toString();
    Map<String, Object> credentials = new LinkedHashMap<>();
    credentials.put("secretRef", Map.of("name", NAME));
    if (access instanceof Access.Login) {
      credentials.put("iamEndpoint", url);
    }
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("endpoint", url);
    spec.put("projectId", simulator.projectIds().get(0));
    spec.put("credentials", credentials);
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(HasMetadata.getApiVersion(VpcEndpointProject.class))
        .withKind(HasMetadata.getKind(VpcEndpointProject.class))
        .withNewMetadata()
        .withName(NAME)
        .endMetadata()
        .addToAdditionalProperties("spec", spec)
        .build();
  }
}
