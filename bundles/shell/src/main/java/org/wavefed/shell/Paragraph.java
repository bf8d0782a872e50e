// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import java.util.ArrayList;
import java.util.List;

/** Breaks a line of text at spaces so that it fits a width. */
public final class Paragraph {
  private static final int NARROWEST = 20;

  private Paragraph() {}

  /**
   * The lines.
   *
   * @param first what the first line begins with; the others are indented as deep
   * @param width what they must fit; 0 for no limit
   */
  public static List<String> lines(String first, String text, int width) {
    int room = width == 0 ? Integer.MAX_VALUE : Math.max(NARROWEST, width - first.length());
    String others = " ".repeat(first.length());
    List<String> lines = new ArrayList<>();
    int from = 0;
    do {
      int to = breakAt(text, from, room);
      lines.add((lines.isEmpty() ? first : others) + text.substring(from, to).stripTrailing());
      from = to;
      while (from < text.length() && text.charAt(from) == ' ') {
        from++;
      }
    } while (from < text.length());
    return lines;
  }

  private static int breakAt(String text, int from, int room) {
    if (text.length() - from <= room) {
      return text.length();
    }
    int space = text.lastIndexOf(' ', from + room);
    return space > from ? space : from + room;
  }
}
