// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.StreamError;
import org.wavefed.xmpp.xml.StreamEvent;
import org.wavefed.xmpp.xml.StreamReader;
import org.wavefed.xmpp.xml.XmlLimits;

/** Reads one element from a text of its own, by the rules and limits of a stream. */
final class Elements {
  private static final byte[] STREAM =
      "<stream:stream xmlns='%s' xmlns:stream='%s'>"
          .formatted(Element.STANZAS, StreamError.STREAMS)
          .getBytes(UTF_8);

  private Elements() {}

  static Element parse(String xml) throws BadStanzaException {
    StreamReader reader = new StreamReader(XmlLimits.afterAuthentication(Integer.MAX_VALUE));
    reader.read(STREAM, 0, STREAM.length);
    byte[] bytes = withoutDeclaration(xml).getBytes(UTF_8);
    List<StreamEvent> events = reader.read(bytes, 0, bytes.length);
    if (events.size() == 1 && events.get(0) instanceof StreamEvent.Received received) {
      return received.element();
    }
    for (StreamEvent event : events) {
      if (event instanceof StreamEvent.Failed failed) {
        throw new BadStanzaException(failed.error().toString());
      } else if (event instanceof StreamEvent.Skipped skipped) {
        throw new BadStanzaException(skipped.fault());
      }
    }
    throw new BadStanzaException("expected one whole stanza");
  }

  private static String withoutDeclaration(String xml) {
    String text = xml.strip();
    return text.startsWith("<?xml ") ? text.substring(text.indexOf("?>") + 2).strip() : text;
  }
}
