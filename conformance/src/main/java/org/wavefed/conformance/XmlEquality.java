// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Compares stanzas as XML, by the JDK's parser, which our stanza code does not use. It does not
 * matter how text is written (CDATA or not), which prefix or order is used, which of XMPP's content
 * namespaces a stanza is in, nor white space around elements and within base64.
 */
final class XmlEquality {
  private static final Set<String> CONTENT_NAMESPACES =
      Set.of("", "jabber:client", "jabber:server", "jabber:component:accept");
  private static final Set<String> BASE64 = Set.of("applied-delta", "delta", "certificate");

  private XmlEquality() {}

  /**
   * Where two stanzas first differ; empty if they are equal.
   *
   * @throws SAXException if one is not well-formed
   */
  static Optional<String> difference(String expected, String came)
      throws IOException, SAXException {
    return difference("", parse(expected), parse(came));
  }

  private static Element parse(String xml) throws IOException, SAXException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setCoalescing(true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every Java platform has such a parser", e);
    }
  }

  private static Optional<String> difference(String where, Element expected, Element came) {
    String at = where + "/" + expected.getLocalName();
    if (!name(expected).equals(name(came))) {
      return Optional.of(at + ": expected " + name(expected) + ", came " + name(came));
    } else if (!attributes(expected).equals(attributes(came))) {
      return Optional.of(
          at + ": expected attributes " + attributes(expected) + ", came " + attributes(came));
    }
    List<Element> children = children(expected);
    List<Element> others = children(came);
    if (children.size() != others.size()) {
      return Optional.of(at + ": expected " + children.size() + " elements, came " + others.size());
    } else if (!text(expected).equals(text(came))) {
      return Optional.of(at + ": expected '" + text(expected) + "', came '" + text(came) + "'");
    }
    for (int i = 0; i < children.size(); i++) {
      Optional<String> found = difference(at, children.get(i), others.get(i));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static String name(Element element) {
    String namespace = element.getNamespaceURI() == null ? "" : element.getNamespaceURI();
    return (CONTENT_NAMESPACES.contains(namespace) ? "" : "{" + namespace + "}")
        + element.getLocalName();
  }

  private static Map<String, String> attributes(Element element) {
    Map<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Node attribute = element.getAttributes().item(i);
      if (!XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())) {
        attributes.put(attribute.getNodeName(), attribute.getNodeValue());
      }
    }
    return attributes;
  }

  private static List<Element> children(Element element) {
    List<Element> children = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }

  private static String text(Element element) {
    StringBuilder text = new StringBuilder();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeType() == Node.TEXT_NODE) {
        text.append(node.getNodeValue());
      }
    }
    boolean base64 = BASE64.contains(element.getLocalName());
    return base64 ? text.toString().replaceAll("\\s", "") : text.toString().strip();
  }
}
