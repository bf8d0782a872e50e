// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

/**
 * Ends a command with one line for the person at the console: what was wrong and what to do.
 * Commands turn it into the console's own exception, which is shown without a stack trace.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param line the line
   */
  public Refusal(String line) {
    super(line);
  }

  /**
   * @param line the line
   * @param cause what is behind it, for the log
   */
  public Refusal(String line, Throwable cause) {
    super(line, cause);
  }

  /** The line. */
  public String line() {
    return String.valueOf(getMessage());
  }
}
