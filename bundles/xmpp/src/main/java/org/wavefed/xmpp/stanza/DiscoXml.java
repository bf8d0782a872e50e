// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import java.io.IOException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.parsing.SmackParsingException;
import org.jivesoftware.smack.provider.IqProvider;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jivesoftware.smackx.disco.provider.DiscoverInfoProvider;
import org.jivesoftware.smackx.disco.provider.DiscoverItemsProvider;
import org.wavefed.xmpp.xml.Element;

/**
 * Service discovery (XEP-0030), read and written by Smack. It takes its own way through text, which
 * is no matter for stanzas this rare.
 */
final class DiscoXml {
  private DiscoXml() {}

  static Payload.Request readQuery(Element query) {
    return query.namespace().equals(Namespaces.INFO)
        ? new Payload.InfoQuery(query.attribute("node"))
        : new Payload.ItemsQuery(query.attribute("node"));
  }

  static Payload.Answer readAnswer(Element query) throws BadStanzaException {
    return query.namespace().equals(Namespaces.INFO)
        ? new Payload.Info(read(query, new DiscoverInfoProvider()))
        : new Payload.Items(read(query, new DiscoverItemsProvider()));
  }

  static Element write(IQ disco) {
    try {
      return Elements.parse(disco.getChildElementXML().toString());
    } catch (BadStanzaException e) {
      throw new IllegalStateException("Smack wrote XML that XMPP does not allow", e);
    }
  }

  private static <T extends IQ> T read(Element query, IqProvider<T> provider)
      throws BadStanzaException {
    try {
      return provider.parse(
          PacketParserUtils.getParserFor(query.toString()), StanzaBuilder.buildIqData("disco"));
    } catch (XmlPullParserException
        | IOException
        | SmackParsingException
        | IllegalArgumentException e) {
      throw new BadStanzaException("the discovery answer cannot be read: " + e.getMessage());
    }
  }
}
