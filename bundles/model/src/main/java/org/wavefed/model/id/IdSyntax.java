// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.id;

import java.util.List;

/** The grammars of domains and local ids, and the two ways to write them together. */
public final class IdSyntax {
  private static final int MAX_DOMAIN_LENGTH = 253;
  private static final int MAX_LABEL_LENGTH = 63;
  private static final String SAFE_ASCII = "-._~+*@";

  private IdSyntax() {}

  /**
   * Whether a domain follows the modern rules: lower-case labels of letters, digits and inner
   * hyphens, separated by dots, 253 characters at most.
   */
  public static boolean isDomain(String domain) {
    if (domain.isEmpty() || domain.length() > MAX_DOMAIN_LENGTH) {
      return false;
    }
    int start = 0;
    while (true) {
      int dot = domain.indexOf('.', start);
      int end = dot < 0 ? domain.length() : dot;
      if (!isLabel(domain, start, end)) {
        return false;
      }
      if (dot < 0) {
        return true;
      }
      start = dot + 1;
    }
  }

  /** Whether DNS can have the domain: {@link #isDomain}, with labels of 63 characters at most. */
  static boolean isHostName(String domain) {
    if (!isDomain(domain)) {
      return false;
    }
    int start = 0;
    for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', start)) {
      if (dot - start > MAX_LABEL_LENGTH) {
        return false;
      }
      start = dot + 1;
    }
    return domain.length() - start <= MAX_LABEL_LENGTH;
  }

  private static boolean isLabel(String domain, int start, int end) {
    if (start == end || domain.charAt(start) == '-' || domain.charAt(end - 1) == '-') {
      return false;
    }
    for (int i = start; i < end; i++) {
      char c = domain.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a local id follows the modern rules: not empty, of ASCII letters, digits and {@code
   * -._~+*@} and the characters that RFC 3987 calls {@code ucschar}.
   */
  public static boolean isLocalId(String id) {
    for (int i = 0; i < id.length(); i += Character.charCount(id.codePointAt(i))) {
      int c = id.codePointAt(i);
      if (!(c < 0x80 ? isSafeAscii(c) : isUcsChar(c))) {
        return false;
      }
    }
    return !id.isEmpty();
  }

  private static boolean isSafeAscii(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || SAFE_ASCII.indexOf(c) >= 0;
  }

  private static boolean isUcsChar(int c) {
    if (c < 0x10000) {
      return (c >= 0xA0 && c <= 0xD7FF)
          || (c >= 0xF900 && c <= 0xFDCF)
          || (c >= 0xFDF0 && c <= 0xFFEF);
    }
    return c <= 0xEFFFD && (c & 0xFFFF) <= 0xFFFD && (c < 0xE0000 || c >= 0xE1000);
  }

  static void requireModern(String domain, String id) {
    if (!isDomain(domain)) {
      throw new InvalidIdException("'" + domain + "' is no valid domain");
    }
    if (!isLocalId(id)) {
      throw new InvalidIdException("'" + id + "' is no valid id");
    }
  }

  static void requireLegacy(String domain, String id) {
    if (domain.isEmpty()) {
      throw new InvalidIdException("the domain of id '" + id + "' is empty");
    }
    if (id.isEmpty()) {
      throw new InvalidIdException("the id is empty in domain '" + domain + "'");
    }
    if (TildeEscaping.hasSpecial(domain)) {
      throw new InvalidIdException("domain '" + domain + "' contains ~, + or !");
    }
    if (!TildeEscaping.isEscaped(id)) {
      throw new InvalidIdException("id '" + id + "' is not properly escaped with ~");
    }
  }

  /** The two parts of {@code domain/id}. */
  static String[] splitModern(String text) {
    String[] parts = splitPath(text);
    if (parts.length != 2) {
      throw new InvalidIdException("'" + text + "' is not of the form domain/id");
    }
    return parts;
  }

  /** The two parts of {@code domain!id}. */
  static List<String> splitLegacy(String text) {
    List<String> parts = TildeEscaping.split('!', text);
    if (parts.size() != 2) {
      throw new InvalidIdException("'" + text + "' is not of the form domain!id");
    }
    return parts;
  }

  /** The parts between slashes; slashes at the end do not count. */
  @SuppressWarnings("StringSplitter") // exactly this treatment of empty parts is the contract
  static String[] splitPath(String text) {
    return text.split("/");
  }

  /** The text {@code domain/id} of an id that follows the modern rules. */
  static String modernText(String domain, String id) {
    requireModern(domain, id);
    return domain + '/' + id;
  }
}
