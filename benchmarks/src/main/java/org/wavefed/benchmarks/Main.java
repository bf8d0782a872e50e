// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks, or those whose names match an argument, and prints them by the original's.
 */
public final class Main {
  /** What the original does in a second on one core of the same kind of machine. */
  private static final Map<String, Integer> ORIGINAL =
      new TreeMap<>(
          Map.of(
              "transformTyping", 318_000,
              "transformMixed", 77_000,
              "composeTyping", 822_000,
              "applyAppends", 983_000,
              "applyAnywhere", 324_000,
              "replayDeltas", 209_000));

  private static final int SECONDS = 2;
  private static final int WARMUP_ITERATIONS = 5;
  private static final int ITERATIONS = 3;

  private Main() {}

  /** Runs what matches the arguments, regular expressions; everything without one. */
  public static void main(String[] arguments) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .forks(1)
            .shouldFailOnError(true)
            // Compile before going on, so that warming up does not depend on a free second core.
            .jvmArgsAppend("-Xbatch")
            .warmupIterations(WARMUP_ITERATIONS)
            .warmupTime(TimeValue.seconds(SECONDS))
            .measurementIterations(ITERATIONS)
            .measurementTime(TimeValue.seconds(SECONDS))
            .timeUnit(TimeUnit.SECONDS)
            .addProfiler(CpuTimeProfiler.class);
    for (String argument : arguments) {
      options.include(argument);
    }
    print(new Runner(options.build()).run());
  }

  private static void print(Collection<RunResult> results) {
    System.out.printf(
        "%n%-18s %12s %14s %12s %7s%n",
        "benchmark", "per second", "per CPU second", "original", "ratio");
    for (RunResult result : results) {
      String benchmark = result.getParams().getBenchmark();
      String name = benchmark.substring(benchmark.lastIndexOf('.') + 1);
      double score = result.getPrimaryResult().getScore();
      double perCpuSecond = result.getSecondaryResults().get("perCpuSecond").getScore();
      Integer original = ORIGINAL.get(name);
      System.out.printf(
          "%-18s %,12.0f %,14.0f %12s %7s%n",
          name,
          score,
          perCpuSecond,
          original == null ? "-" : String.format("%,d", original),
          original == null ? "-" : String.format("%.1f", perCpuSecond / original));
    }
    System.out.println("ratio: per CPU second, to the original's");
  }
}
