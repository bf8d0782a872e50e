// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

/** Which characters may stand where ({@code docs/protocol.md}, Items and well-formedness). */
final class Text {
  private Text() {}

  /** Whether a text has neither surrogates nor noncharacters, as the text of documents must. */
  static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0xD800 && (Character.isSurrogate(c) || isNoncharacter(c))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a text has neither lone surrogates nor noncharacters, as values must. */
  static boolean isValid(String text) {
    for (int i = 0; i < text.length(); i++) {
      int c = text.charAt(i);
      if (c >= 0xD800) {
        c = text.codePointAt(i);
        if (isLoneSurrogate(c) || isNoncharacter(c)) {
          return false;
        }
        i += Character.charCount(c) - 1;
      }
    }
    return true;
  }

  /** Whether a text is a Name of XML 1.0, fifth edition. */
  static boolean isXmlName(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (!isNameStart(c) && (i == 0 || !isNamePart(c))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isNameStart(int c) {
    if (c < 0x80) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
    }
    return (c >= 0xC0 && c <= 0x2FF && c != 0xD7 && c != 0xF7)
        || (c >= 0x370 && c <= 0x1FFF && c != 0x37E)
        || c == 0x200C
        || c == 0x200D
        || (c >= 0x2070 && c <= 0x218F)
        || (c >= 0x2C00 && c <= 0x2FEF)
        || (c >= 0x3001 && c <= 0xD7FF)
        || (c >= 0xF900 && c <= 0xFDCF)
        || (c >= 0xFDF0 && c <= 0xFFFD)
        || (c >= 0x10000 && c <= 0xEFFFF && !isNoncharacter(c));
  }

  private static boolean isNamePart(int c) {
    return (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == 0xB7
        || (c >= 0x300 && c <= 0x36F)
        || c == 0x203F
        || c == 0x2040;
  }

  private static boolean isLoneSurrogate(int c) {
    return c >= 0xD800 && c <= 0xDFFF;
  }

  private static boolean isNoncharacter(int c) {
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
  }
}
