// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.xml;

import java.util.Map;

/**
 * Writes elements. Characters that XML cannot hold become U+FFFD, so that no text, wherever it came
 * from, can break a stream.
 */
public final class XmlWriter {
  private final String contentNamespace;
  private final StringBuilder out = new StringBuilder(512);

  private XmlWriter(String contentNamespace) {
    this.contentNamespace = contentNamespace;
  }

  /**
   * Writes an element as a child of a stream.
   *
   * @param contentNamespace the stream's default namespace, which stands for {@link
   *     Element#STANZAS}
   */
  public static String write(Element element, String contentNamespace) {
    XmlWriter writer = new XmlWriter(contentNamespace);
    writer.element(element, contentNamespace);
    return writer.out.toString();
  }

  /** The text as it may stand inside an element or a quoted attribute. */
  public static String escape(String text) {
    XmlWriter writer = new XmlWriter("");
    writer.text(text);
    return writer.out.toString();
  }

  private void element(Element element, String enclosingNamespace) {
    String namespace =
        element.namespace().equals(Element.STANZAS) ? contentNamespace : element.namespace();
    out.append('<').append(element.name());
    if (!namespace.equals(enclosingNamespace)) {
      attribute("xmlns", namespace);
    }
    element.attributes().entrySet().forEach(this::attribute);
    if (element.children().isEmpty() && element.text().isEmpty()) {
      out.append("/>");
      return;
    }
    out.append('>');
    text(element.text());
    element.children().forEach(child -> element(child, namespace));
    out.append("</").append(element.name()).append('>');
  }

  private void attribute(Map.Entry<String, String> attribute) {
    String name = attribute.getKey();
    if (name.startsWith("{")) {
      int end = name.indexOf('}');
      attribute("xmlns:a", name.substring(1, end));
      attribute("a:" + name.substring(end + 1), attribute.getValue());
    } else {
      attribute(name, attribute.getValue());
    }
  }

  private void attribute(String name, String value) {
    out.append(' ').append(name).append("=\"");
    text(value);
    out.append('"');
  }

  private void text(String text) {
    int done = 0;
    for (int i = 0; i < text.length(); i++) {
      String escaped = escaped(text.charAt(i));
      if (!escaped.isEmpty()) {
        out.append(text, done, i).append(escaped);
        done = i + 1;
      }
    }
    out.append(text, done, text.length());
  }

  private static String escaped(char c) {
    return switch (c) {
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '&' -> "&amp;";
      case '"' -> "&quot;";
      case '\'' -> "&apos;";
      case '\t' -> "&#9;";
      case '\n' -> "&#10;";
      case '\r' -> "&#13;";
      default -> c < ' ' || c >= '\uFFFE' ? "\uFFFD" : "";
    };
  }
}
