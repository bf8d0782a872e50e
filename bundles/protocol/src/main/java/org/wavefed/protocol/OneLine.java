// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import org.jspecify.annotations.Nullable;

/** Makes what quotes a peer's text fit for a log: one line, and not a long one. */
final class OneLine {
  private static final int MAX_LENGTH = 300;

  private OneLine() {}

  /** The text, cut where it is too long, with a space for each control character. */
  static String of(@Nullable String text) {
    StringBuilder line = new StringBuilder(text == null ? "" : text);
    if (line.length() > MAX_LENGTH) {
      line.replace(MAX_LENGTH - 1, line.length(), "…");
    }
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        line.setCharAt(i, ' ');
      }
    }
    return line.toString();
  }
}
