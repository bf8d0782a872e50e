// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.id;

import java.util.ArrayList;
import java.util.List;

/**
 * The escaping inside local ids: {@code ~}, {@code +} and {@code !} are led by a {@code ~} where
 * they do not have their special meaning. Tokens of an id are separated by {@code +}.
 */
public final class TildeEscaping {
  private static final char PREFIX = '~';

  private TildeEscaping() {}

  /** The text with every special character escaped. */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (isSpecial(text.charAt(i))) {
        escaped.append(PREFIX);
      }
      escaped.append(text.charAt(i));
    }
    return escaped.toString();
  }

  /**
   * The text without its escapes.
   *
   * @throws InvalidIdException if a special character is not escaped, or another one is
   */
  public static String unescape(String text) {
    StringBuilder unescaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == PREFIX) {
        i++;
        if (i == text.length() || !isSpecial(text.charAt(i))) {
          throw new InvalidIdException("~ escapes nothing in '" + text + "'");
        }
      } else if (isSpecial(text.charAt(i))) {
        throw new InvalidIdException(text.charAt(i) + " is not escaped in '" + text + "'");
      }
      unescaped.append(text.charAt(i));
    }
    return unescaped.toString();
  }

  /** The pieces between unescaped separators, with their escapes; at least one piece. */
  public static List<String> split(char separator, String text) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == PREFIX) {
        i++;
      } else if (text.charAt(i) == separator) {
        pieces.add(text.substring(start, i));
        start = i + 1;
      }
    }
    pieces.add(text.substring(start));
    return pieces;
  }

  /**
   * The tokens of an id, without their escapes.
   *
   * @throws InvalidIdException if a token is not properly escaped
   */
  public static List<String> tokens(String id) {
    return split('+', id).stream().map(TildeEscaping::unescape).toList();
  }

  /** Whether every special character but {@code +} is escaped, and no other. */
  static boolean isEscaped(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c == PREFIX) {
        i++;
        if (i == id.length() || !isSpecial(id.charAt(i))) {
          return false;
        }
      } else if (c == '!') {
        return false;
      }
    }
    return true;
  }

  static boolean hasSpecial(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isSpecial(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSpecial(char c) {
    return c == PREFIX || c == '+' || c == '!';
  }
}
