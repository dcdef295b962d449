package io.vpcep.operator.bench;

import java.io.IOException;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The pure steps of a cycle by themselves, by JMH: time and allocation. */
final class MicroBenchmarks {
  private final Jvm jvm;
  private final boolean quick;

  MicroBenchmarks(Jvm jvm, boolean quick) {
    this.jvm = jvm;
    this.quick = quick;
  }

  void run(Report report) throws IOException, RunnerException {
    System.setProperty("jmh.ignoreLock", "true");
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("io\\.vpcep\\.operator\\..*Benchmark\\..*")
                    .addProfiler(GCProfiler.class)
                    .jvm(jvm.tool("java"))
                    .jvmArgs("-XX:+UseSerialGC")
                    .forks(quick ? 1 : 3)
                    .warmupIterations(quick ? 2 : 5)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(quick ? 3 : 5)
                    .measurementTime(TimeValue.seconds(1))
                    .shouldFailOnError(true)
                    .output(Report.DIRECTORY.resolve("jmh.txt").toString())
                    .build())
            .run();
    report.section(
        "Steps of a cycle",
        "By JMH, all output in `jmh.txt`: a page of 1,000 services, and plans of 10,000. The error"
            + " is half of the 99.9 % confidence interval.");
    Table table = new Table("step", "µs", "± µs", "allocated, kB");
    for (RunResult result : results) {
      Result<?> time = result.getPrimaryResult();
      table.row(time.getLabel(), time.getScore(), time.getScoreError(), allocated(result) / 1000);
    }
    report.table(table);
  }

  private static double allocated(RunResult result) {
    for (String name : result.getSecondaryResults().keySet()) {
      if (name.endsWith("gc.alloc.rate.norm")) {
        return result.getSecondaryResults().get(name).getScore();
      }
    }
    return Double.NaN;
  }
}
