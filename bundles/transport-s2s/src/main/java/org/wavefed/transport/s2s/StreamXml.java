// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.StreamError;
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

  private StreamXml() {}

  /** What the initiator opens a stream with. */
  static String header(Pair pair) {
    return header(pair.from(), pair.to(), "");
  }

  /** What the receiving side opens its stream with. */
  static String header(String from, String to, String id) {
    return "<?xml version='1.0'?><stream:stream xmlns='%s' xmlns:stream='%s' xmlns:db='%s'%s%s%s version='1.0' xml:lang='en'>"
        .formatted(
            SERVER,
            StreamError.STREAMS,
            DIALBACK,
            attribute("id", id),
            attribute("from", from),
            attribute("to", to));
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
    return "<db:%s%s>%s</db:%s>"
        .formatted(element.name(), attributes, XmlWriter.escape(element.text()), element.name());
  }

  /** {@code <db:result/>} or {@code <db:verify/>}. */
  static Element dialback(String name, Pair pair) {
    return Element.of(DIALBACK, name).with("from", pair.from()).with("to", pair.to());
  }

  private static String attribute(String name, String value) {
    return value.isEmpty() ? "" : " " + name + "='" + XmlWriter.escape(value) + "'";
  }
}
