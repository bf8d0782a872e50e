// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.StreamError;
import org.wavefed.xmpp.xml.StreamHeader;
import org.wavefed.xmpp.xml.XmlWriter;

/** The XML of stream negotiation (RFC 6120, XEP-0220, XEP-0288). */
final class StreamXml {
  static final String SERVER = "jabber:server";
  static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
  static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
  static final String DIALBACK = "jabber:server:dialback";
  static final String DIALBACK_FEATURE = "urn:xmpp:features:dialback";
  static final String BIDI = "urn:xmpp:bidi";
  static final String BIDI_FEATURE = "urn:xmpp:features:bidi";

  private static final String OPENING =
      "<?xml version='1.0'?><stream:stream xmlns='%s' xmlns:stream='%s' xmlns:db='%s'"
          .formatted(SERVER, StreamError.STREAMS, DIALBACK);
  private static final String CONDITIONS = "urn:ietf:params:xml:ns:xmpp-stanzas";

  /** What others say stands in our log, but not all that they may say. */
  private static final int FAULT_MAX = 300;

  private StreamXml() {}

  /** What the initiator opens a stream with. */
  static String header(Pair pair) {
    return header(pair.from(), pair.to(), "");
  }

  /** What the receiving side opens its stream with. */
  static String header(String from, String to, String id) {
    return OPENING
        + attribute("id", id)
        + attribute("from", from)
        + attribute("to", to)
        + " version='1.0' xml:lang='en'>";
  }

  /** An address in a header, lower case; empty if there is none. */
  static Optional<String> address(StreamHeader header, String name) {
    return header
        .attributes()
        .attribute(name)
        .map(address -> address.toLowerCase(Locale.ROOT))
        .filter(address -> !address.isEmpty());
  }

  static String features(String content) {
    return "<stream:features>" + content + "</stream:features>";
  }

  static String write(Element element) {
    return element.namespace().equals(DIALBACK)
        ? prefixed(element)
        : XmlWriter.write(element, SERVER);
  }

  /** Deployed servers know dialback by the prefix that the stream's header declares. */
  private static String prefixed(Element element) {
    StringBuilder attributes = new StringBuilder();
    element.attributes().forEach((name, value) -> attributes.append(attribute(name, value)));
    StringBuilder content = new StringBuilder(XmlWriter.escape(element.text()));
    element.children().forEach(child -> content.append(XmlWriter.write(child, SERVER)));
    return "<db:" + element.name() + attributes + ">" + content + "</db:" + element.name() + ">";
  }

  /** {@code <db:result/>} or {@code <db:verify/>}. */
  static Element dialback(String name, Pair pair) {
    return Element.of(DIALBACK, name).with("from", pair.from()).with("to", pair.to());
  }

  /** Why dialback cannot be done (XEP-0220, 2.5). */
  static Element dialbackError(String name, Pair pair, String condition, String text) {
    Element words = Element.of(CONDITIONS, "text").with("xml:lang", "en").withText(text);
    Element error =
        Element.of(Element.STANZAS, "error", Element.of(CONDITIONS, condition), words)
            .with("type", "cancel");
    return dialback(name, pair).with("type", "error").withChildren(List.of(error));
  }

  /** What an error says, in one line; the type of an answer that is none. */
  static String fault(Element answer) {
    return answer
        .child(Element.STANZAS, "error")
        .map(StreamXml::words)
        .orElseGet(() -> answer.attribute("type").orElse(""));
  }

  private static String words(Element error) {
    String said =
        error.children().stream()
            .filter(child -> child.namespace().equals(CONDITIONS))
            .map(child -> child.name().equals("text") ? child.text() : child.name())
            .collect(joining(": "))
            .replaceAll("\\p{Cntrl}", " ");
    return said.substring(0, Math.min(said.length(), FAULT_MAX));
  }

  private static String attribute(String name, String value) {
    return value.isEmpty() ? "" : " " + name + "='" + XmlWriter.escape(value) + "'";
  }
}
