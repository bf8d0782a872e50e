// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.xml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Builds one child of a stream within its limits; past them it only keeps count and envelope. */
final class StanzaBuilder {
  private record Open(
      String namespace,
      String name,
      Map<String, String> attributes,
      List<Element> children,
      StringBuilder text) {
    Element close() {
      return new Element(namespace, name, attributes, children, text.toString());
    }
  }

  /** What a tag or an attribute costs beside its name and value. */
  private static final int TAG = 5;

  private final XmlLimits limits;
  private final Deque<Open> open = new ArrayDeque<>();
  private int elements;
  private int attributes;
  private long length;
  private @Nullable Element envelope;
  private @Nullable Element result;
  private @Nullable String fault;

  StanzaBuilder(XmlLimits limits) {
    this.limits = limits;
  }

  /** Whether the element that the reader stands at is within the limits and is to be kept. */
  boolean mayStart(int depth, XMLStreamReader xml) {
    elements++;
    check(depth <= limits.depth(), "its elements nest deeper than " + limits.depth());
    check(elements <= limits.elements(), "it has more than " + limits.elements() + " elements");
    check(
        xml.getAttributeCount() <= limits.attributes(),
        "an element has more than " + limits.attributes() + " attributes");
    attributes += xml.getAttributeCount();
    check(attributes <= limits.elements(), "it has more than " + limits.elements() + " attributes");
    count(TAG + xml.getLocalName().length());
    for (int i = 0; fault == null && i < xml.getAttributeCount(); i++) {
      count(TAG + xml.getAttributeLocalName(i).length() + xml.getAttributeValue(i).length());
      check(
          xml.getAttributeValue(i).length() <= limits.attributeLength(),
          "an attribute is longer than " + limits.attributeLength() + " characters");
    }
    if (fault != null && envelope == null) {
      envelope = Element.of(Element.STANZAS, xml.getLocalName());
    }
    return fault == null;
  }

  void start(String namespace, String name, Map<String, String> attributes) {
    if (envelope == null) {
      envelope = new Element(namespace, name, attributes, List.of(), "");
    }
    open.push(new Open(namespace, name, attributes, new ArrayList<>(0), new StringBuilder(0)));
  }

  void text(XMLStreamReader xml) throws XMLStreamException {
    count(xml.getTextLength());
    Open current = open.peek();
    if (current != null) {
      current.text().append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
    }
  }

  /** Closes the innermost element that is kept. */
  void end() {
    if (fault != null) {
      return;
    }
    Element closed = open.pop().close();
    Open parent = open.peek();
    if (parent != null) {
      parent.children().add(closed);
    } else {
      result = closed;
    }
  }

  StreamEvent finish() {
    if (fault != null && envelope != null) {
      return new StreamEvent.Skipped(envelope, fault);
    }
    if (result == null) {
      throw new IllegalStateException("not at the end of a stanza");
    }
    return new StreamEvent.Received(result);
  }

  private void count(int characters) {
    length += characters;
    check(
        length <= limits.stanzaLength(),
        "it is longer than " + limits.stanzaLength() + " characters");
  }

  private void check(boolean kept, String otherwise) {
    if (!kept && fault == null) {
      fault = otherwise;
      open.clear();
    }
  }
}
