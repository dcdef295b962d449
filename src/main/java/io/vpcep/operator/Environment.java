package io.vpcep.operator;

import io.vpcep.operator.controller.Time;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** What the program takes from the outside world: the one place that asks for it. */
final class Environment {
  private Environment() {}

  static Map<String, String> variables() {
    return System.getenv();
  }

  /** The system's clock, and real chance. */
  static Time time() {
    return new Time(InstantSource.system(), () -> ThreadLocalRandom.current().nextDouble());
  }

  /** Name of this host or pod, to tell replicas apart. */
  static String hostName() {
    String name = variables().get("HOSTNAME");
    return name == null || name.isBlank() ? "vpcep-operator" : name;
  }
}
