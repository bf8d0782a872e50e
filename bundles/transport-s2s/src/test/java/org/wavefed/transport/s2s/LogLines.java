// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** What is logged while this is open. */
final class LogLines implements AutoCloseable {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

  LogLines() {
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
  }

  List<String> with(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return logged
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> pattern.matcher(line).find())
        .toList();
  }

  @Override
  public void close() {
    System.setErr(before);
    with(" (WARN|ERROR) ").forEach(before::println);
  }
}
