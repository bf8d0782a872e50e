// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An {@link End} in a process of its own. */
final class Program implements AutoCloseable {
  private final Process process;
  private final Path log;
  private final BufferedReader out;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  static Program start(Path log, List<String> jvmOptions, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(jvmOptions);
    command.add(End.class.getName());
    command.addAll(arguments);
    return new Program(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
  }

  /** Says a line and waits for the answer. */
  String ask(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(UTF_8));
    process.getOutputStream().flush();
    String answer = out.readLine();
    if (answer == null || answer.startsWith("failed")) {
      throw new IOException(line + ": " + answer + "; see " + log);
    }
    return answer;
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
