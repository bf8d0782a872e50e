// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.id;

import java.nio.charset.StandardCharsets;

/**
 * The encoding of local ids in a wavelet's URI: ASCII letters, digits and {@code :@!$&'()*+,;=-._~}
 * stand for themselves, a space becomes {@code +}, everything else upper-case {@code %XX} of its
 * UTF-8. A plus sign stands for itself too, so that a space does not survive the way back.
 */
public final class PercentEncoding {
  private static final String PLAIN = ":@!$&'()*+,;=-._~";
  private static final String HEX = "0123456789ABCDEF";

  private PercentEncoding() {}

  /** Encodes a local id. */
  public static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (isPlain(c)) {
        encoded.append(c);
      } else if (c == ' ') {
        encoded.append('+');
      } else {
        encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
      }
    }
    return encoded.toString();
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || PLAIN.indexOf(c) >= 0;
  }

  /**
   * Decodes a local id; characters that need not have been escaped stand for themselves.
   *
   * @throws InvalidIdException if an escape is broken, or they do not make up UTF-8
   */
  public static String decode(String text) {
    StringBuilder decoded = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      if (text.charAt(i) != '%') {
        decoded.append(text.charAt(i++));
        continue;
      }
      int end = i;
      while (end < text.length() && text.charAt(end) == '%') {
        end += 3;
      }
      decoded.append(utf8(text, i, end));
      i = end;
    }
    if (decoded.indexOf("\uFFFD") >= 0) {
      throw new InvalidIdException("no valid UTF-8 in '" + text + "'");
    }
    return decoded.toString();
  }

  private static String utf8(String text, int start, int end) {
    if (end > text.length()) {
      throw new InvalidIdException("incomplete % escape at the end of '" + text + "'");
    }
    byte[] bytes = new byte[(end - start) / 3];
    for (int i = 0; i < bytes.length; i++) {
      int high = Character.digit(text.charAt(start + 3 * i + 1), 16);
      int low = Character.digit(text.charAt(start + 3 * i + 2), 16);
      if (high < 0 || low < 0) {
        throw new InvalidIdException("broken % escape in '" + text + "'");
      }
      bytes[i] = (byte) (high << 4 | low);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
