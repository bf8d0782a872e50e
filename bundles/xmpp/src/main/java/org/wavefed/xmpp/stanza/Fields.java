// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import java.util.Base64;
import java.util.List;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.InvalidIdException;
import org.wavefed.model.id.WaveletName;
import org.wavefed.xmpp.xml.Element;

/** Reads attributes and contents that must be there and be right. */
final class Fields {
  private Fields() {}

  static String string(Element element, String attribute) throws BadStanzaException {
    return element
        .attribute(attribute)
        .orElseThrow(
            () -> new BadStanzaException("<%s> lacks %s".formatted(element.name(), attribute)));
  }

  static long number(Element element, String attribute) throws BadStanzaException {
    String text = string(element, attribute);
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a negative number is.
    }
    throw new BadStanzaException(
        "%s of <%s> is no number from 0 on: '%s'".formatted(attribute, element.name(), clip(text)));
  }

  static int smallNumber(Element element, String attribute) throws BadStanzaException {
    long number = number(element, attribute);
    if (number > Integer.MAX_VALUE) {
      throw new BadStanzaException("%s of <%s> is too large".formatted(attribute, element.name()));
    }
    return (int) number;
  }

  static Bytes bytes(Element element, String attribute) throws BadStanzaException {
    return base64(string(element, attribute), attribute + " of <" + element.name() + ">");
  }

  static Bytes content(Element element) throws BadStanzaException {
    if (element.text().isBlank()) {
      throw new BadStanzaException("<" + element.name() + "> is empty");
    }
    return base64(element.text(), "the content of <" + element.name() + ">");
  }

  static WaveletName wavelet(Element element) throws BadStanzaException {
    try {
      return WaveletName.parseUri(string(element, "wavelet-name"));
    } catch (InvalidIdException e) {
      throw new BadStanzaException(String.valueOf(e.getMessage()));
    }
  }

  static HashedVersion version(Element element, String version, String hash)
      throws BadStanzaException {
    return new HashedVersion(number(element, version), bytes(element, hash));
  }

  /** The child of that name. */
  static Element child(Element element, String namespace, String name) throws BadStanzaException {
    return element
        .child(namespace, name)
        .orElseThrow(
            () -> new BadStanzaException("<%s> lacks <%s>".formatted(element.name(), name)));
  }

  /** The one child of that name; several would leave open which one counts. */
  static Element onlyChild(Element element, String namespace, String name)
      throws BadStanzaException {
    List<Element> found = element.children(namespace, name).toList();
    if (found.size() > 1) {
      throw new BadStanzaException("<%s> has more than one <%s>".formatted(element.name(), name));
    }
    return child(element, namespace, name);
  }

  static Element withVersion(Element element, String version, String hash, HashedVersion value) {
    return element
        .with(version, Long.toString(value.version()))
        .with(hash, value.historyHash().toBase64());
  }

  private static Bytes base64(String text, String where) throws BadStanzaException {
    try {
      return Bytes.wrap(Base64.getDecoder().decode(withoutWhiteSpace(text)));
    } catch (IllegalArgumentException e) {
      throw new BadStanzaException(where + " is not base64");
    }
  }

  private static String withoutWhiteSpace(String text) {
    return text.chars().anyMatch(Character::isWhitespace) ? text.replaceAll("\\s+", "") : text;
  }

  private static String clip(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }
}
