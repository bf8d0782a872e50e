// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import java.util.ArrayList;
import java.util.List;

/** Breaks a line of text so that it fits a width: at spaces, or within long names and paths. */
public final class Paragraph {
  private static final int NARROWEST = 20;

  /** Long names are broken behind these, but numbers are not. */
  private static final String IN_NAMES = "./@";

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

  /** The last good place; a space, unless that leaves more than half of the line empty. */
  private static int breakAt(String text, int from, int room) {
    if (text.length() - from <= room) {
      return text.length();
    }
    int space = text.lastIndexOf(' ', from + room);
    if (space > from + room / 2) {
      return space;
    }
    for (int i = from + room; i > from + room / 2; i--) {
      if (IN_NAMES.indexOf(text.charAt(i - 1)) >= 0 && !Character.isDigit(text.charAt(i))) {
        return i;
      }
    }
    return space > from ? space : from + room;
  }
}
