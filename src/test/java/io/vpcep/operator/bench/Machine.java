package io.vpcep.operator.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine that measures. */
final class Machine {
  private static final Duration MOMENT = Duration.ofSeconds(3);

  private Machine() {}

  static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Cores, memory and kernel, in one line. */
  static String description() {
    return String.format(
        Locale.ROOT,
        "%d cores%s, %s memory, %s %s",
        cores(),
        field("/proc/cpuinfo", "model name").map(it -> " (" + it + ")").orElse(""),
        field("/proc/meminfo", "MemTotal").map(Machine::gibibytes).orElse("unknown"),
        System.getProperty("os.name"),
        System.getProperty("os.version"));
  }

  /** How many cores are at work for a moment in which this process is not. */
  static double busyCores() throws InterruptedException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    // The share since the call before.
    system.getCpuLoad();
    Patience.pause(MOMENT);
    return system.getCpuLoad() * cores();
  }

  private static String gibibytes(String kibibytes) {
    double number = Double.parseDouble(kibibytes.split(" ")[0]);
    return String.format(Locale.ROOT, "%.1f GiB", number / (1 << 20));
  }

  private static Optional<String> field(String file, String name) {
    try {
      Matcher line =
          Pattern.compile("(?m)^" + name + "\\s*:\\s*(.*)$")
              .matcher(Files.readString(Path.of(file)));
      return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
