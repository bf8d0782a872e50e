// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is logged while this is open. */
final class LogLines implements AutoCloseable {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

  LogLines() {
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
  }

  List<String> with(String words) {
    return logged
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains(words))
        .toList();
  }

  @Override
  public void close() {
    System.setErr(before);
    before.print(logged.toString(StandardCharsets.UTF_8));
  }
}
