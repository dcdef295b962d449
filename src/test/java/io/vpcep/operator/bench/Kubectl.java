package io.vpcep.operator.bench;

import io.vpcep.operator.kube.ApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The opponent that everybody has. Without {@code statuses} it is too old to apply a status, and
 * applies the objects alone.
 */
record Kubectl(String command, boolean statuses, String version) {
  private static final Pattern VERSION = Pattern.compile("v[0-9]+\\.[0-9]+\\.[0-9]+[^\"\\s]*");

  /** One that can apply a status, else the one of the API server, if there is any. */
  static Optional<Kubectl> find() throws InterruptedException {
    List<Kubectl> found = new ArrayList<>();
    for (String command : List.of("kubectl", ApiServer.kubectl().toString())) {
      try {
        String help = ChildProcess.output(List.of(command, "apply", "--help"));
        String version = ChildProcess.output(List.of(command, "version", "--client"));
        Matcher number = VERSION.matcher(version);
        found.add(
            new Kubectl(
                command,
                help.contains("--subresource"),
                number.find() ? number.group() : version.strip()));
      } catch (IOException e) {
        // Not there: the next one.
        continue;
      }
    }
    return found.stream()
        .filter(Kubectl::statuses)
        .findFirst()
        .or(() -> found.stream().findFirst());
  }

  /** Applies a file of resources; returns the seconds. */
  double apply(Path kubeconfig, String namespace, Path objects)
      throws IOException, InterruptedException {
    List<String> apply = new ArrayList<>();
    apply.addAll(List.of(command, "--kubeconfig", kubeconfig.toString(), "-n", namespace));
    apply.addAll(List.of("apply", "--server-side", "--validate=false", "-f", objects.toString()));
    long begin = System.nanoTime();
    ChildProcess.output(apply);
    if (statuses) {
      apply.add("--subresource=status");
      ChildProcess.output(apply);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  @Override
  public String toString() {
    return "kubectl " + version + (statuses ? "" : " (objects alone: it cannot apply a status)");
  }
}
