// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

/** Makes text of others safe for a terminal and for lines of tab-separated columns. */
public final class Printable {
  private Printable() {}

  /**
   * The text with every control and bidirectional formatting character replaced, so that nobody's
   * text moves the cursor, rings or reorders what is on the screen. Line feeds go as well.
   */
  public static String of(String text) {
    int i = 0;
    while (i < text.length() && !isHarmful(text.charAt(i))) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text);
    for (; i < safe.length(); i++) {
      if (isHarmful(safe.charAt(i))) {
        safe.setCharAt(i, isSpace(safe.charAt(i)) ? ' ' : '\uFFFD');
      }
    }
    return safe.toString();
  }

  /** The text in double quotes, cut to a number of characters. */
  public static String quoted(String text, int most) {
    return '"' + cut(of(text), most) + '"';
  }

  /** The text, or its start and three dots if it is longer than a number of characters. */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Math.max(0, most - 3);
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "...".substring(0, Math.min(3, most));
  }

  private static boolean isSpace(char c) {
    return c == '\t' || c == '\n' || c == '\r';
  }

  private static boolean isHarmful(char c) {
    return Character.isISOControl(c)
        || c == '\u061C'
        || c == '\u200E'
        || c == '\u200F'
        || (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069')
        || c == '\u2028'
        || c == '\u2029';
  }
}
