// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Writes a document as XML text for people and for comparison. Where annotations change stands a
 * processing instruction {@code <?a "key"="value" "ended key"?>}. Not thread-safe.
 */
final class XmlText implements Document.Reader {
  private final StringBuilder out = new StringBuilder();
  private final ArrayDeque<String> open = new ArrayDeque<>();
  private Attributes current = Attributes.EMPTY;

  /** Whether the start tag written last still lacks its end. */
  private boolean inStartTag;

  @Override
  public void characters(String text, Attributes annotations) {
    annotate(annotations);
    closeStartTag();
    escapeText(text);
  }

  @Override
  public void elementStart(String type, Attributes attributes, Attributes annotations) {
    annotate(annotations);
    closeStartTag();
    out.append('<').append(type);
    for (int i = 0; i < attributes.size(); i++) {
      String value = attributes.value(i).replace("\"", "&quot;");
      out.append(' ').append(attributes.name(i)).append("=\"").append(value).append('"');
    }
    open.push(type);
    inStartTag = true;
  }

  @Override
  public void elementEnd(Attributes annotations) {
    annotate(annotations);
    String type = open.pop();
    if (inStartTag) {
      out.append("/>");
      inStartTag = false;
    } else {
      out.append("</").append(type).append('>');
    }
  }

  /** What was read, as XML. */
  String finish() {
    annotate(Attributes.EMPTY);
    return out.toString();
  }

  private void annotate(Attributes annotations) {
    if (annotations.equals(current)) {
      return;
    }
    closeStartTag();
    out.append("<?a");
    current.compare(annotations, this::annotation);
    out.append("?>");
    current = annotations;
  }

  private void annotation(String key, @Nullable String oldValue, @Nullable String newValue) {
    out.append(' ');
    quote(key);
    if (newValue != null) {
      out.append('=');
      quote(newValue);
    }
  }

  private void quote(String text) {
    out.append('"');
    escapeText(text.replace("\\", "\\\\").replace("\"", "\\\"").replace("?", "\\q"));
    out.append('"');
  }

  private void closeStartTag() {
    if (inStartTag) {
      out.append('>');
      inStartTag = false;
    }
  }

  private void escapeText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        default -> out.append(c);
      }
    }
  }
}
