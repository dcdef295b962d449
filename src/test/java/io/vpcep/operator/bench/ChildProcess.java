package io.vpcep.operator.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs a program to its end; one of ours answers with lines {@code name=number}. */
final class ChildProcess {
  private ChildProcess() {}

  /** What a main class of ours answers, in a JVM of its own. */
  static Map<String, Double> run(Jvm jvm, Class<?> main, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(jvm.tool("java"), "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return figures(command, Map.of());
  }

  /** What a program of ours answers that finds these variables too. */
  static Map<String, Double> figures(List<String> command, Map<String, String> variables)
      throws IOException, InterruptedException {
    Map<String, Double> figures = new HashMap<>();
    for (String line : output(command, variables).lines().toList()) {
      if (line.matches("[a-z]+=[0-9.E-]+")) {
        figures.put(line.split("=")[0], Double.valueOf(line.split("=")[1]));
      }
    }
    return figures;
  }

  /** What a command prints, where it ends well. */
  static String output(List<String> command) throws IOException, InterruptedException {
    return output(command, Map.of());
  }

  private static String output(List<String> command, Map<String, String> variables)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(command.get(0) + " failed: " + output);
      }
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
