// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One of our programs in a process of its own. */
final class Program implements AutoCloseable {
  private final Process process;
  private final Path log;
  private final BufferedReader out;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /**
   * Starts it.
   *
   * @param log takes what it says of itself; a recording of it lies beside, if that is wanted
   */
  static Program start(Class<?> main, Path log, List<String> jvmOptions, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(jvmOptions);
    if (Boolean.getBoolean("profile")) {
      // Or it would say that it has started where answers are read.
      command.add("-Xlog:jfr+startup=error");
      command.add(
          "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + log + ".jfr");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return new Program(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
  }

  /** Says a line and waits for the answer. */
  String ask(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(UTF_8));
    process.getOutputStream().flush();
    String answer = out.readLine();
    if (answer == null || answer.startsWith("failed")) {
      throw new IOException(line.split(" ", 2)[0] + ": " + answer + "; see " + log);
    }
    return answer;
  }

  /** The processor time that it has used. */
  long cpuNanos() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(3, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
