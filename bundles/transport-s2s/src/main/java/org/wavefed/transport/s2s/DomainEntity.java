// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.util.Optional;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jivesoftware.smackx.disco.packet.DiscoverItems;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.xmpp.endpoint.StanzaLink;
import org.wavefed.xmpp.stanza.DomainAddress;
import org.wavefed.xmpp.stanza.Namespaces;
import org.wavefed.xmpp.stanza.ParsedStanza;
import org.wavefed.xmpp.stanza.Payload;
import org.wavefed.xmpp.stanza.Stanza;
import org.wavefed.xmpp.stanza.StanzaCodec;
import org.wavefed.xmpp.xml.Element;

/**
 * The entity at the address of a domain itself: who its wave service is (XEP-0030), and that it is
 * there.
 */
final class DomainEntity {
  private final S2sSettings.Domain domain;
  private final StanzaLink link;

  DomainEntity(S2sSettings.Domain domain, StanzaLink link) {
    this.domain = domain;
    this.link = link;
  }

  void received(Element element) {
    ParsedStanza parsed = StanzaCodec.read(element);
    if (parsed instanceof ParsedStanza.Refused refused) {
      refused.answer().ifPresent(this::send);
    } else if (parsed instanceof ParsedStanza.Accepted accepted
        && accepted.stanza().header().isRequest()
        && accepted.stanza().header().from().isPresent()) {
      answer(accepted.stanza()).ifPresent(this::send);
    }
  }

  private Optional<Stanza> answer(Stanza stanza) {
    if (stanza.payload() instanceof Payload.ItemsQuery query && query.node().isEmpty()) {
      return Optional.of(stanza.result(new Payload.Items(items())));
    } else if (stanza.payload() instanceof Payload.InfoQuery query && query.node().isEmpty()) {
      return Optional.of(stanza.result(new Payload.Info(info())));
    } else if (stanza.payload() instanceof Payload.Ping) {
      return Optional.of(stanza.result(new Payload.Empty()));
    } else if (stanza.payload() instanceof Payload.Receipt) {
      return Optional.empty();
    }
    return Optional.of(
        stanza.failure(
            FailureReason.REFUSED, "the wave service of this domain is " + domain.service()));
  }

  private DiscoverItems items() {
    DiscoverItems items = new DiscoverItems();
    DiscoverItems.Item item = new DiscoverItems.Item(DomainAddress.of(domain.service()));
    item.setName("Wavefed");
    items.addItem(item);
    return items;
  }

  private static DiscoverInfo info() {
    return DiscoverInfo.builder("domain")
        .addIdentity(new DiscoverInfo.Identity("server", "Wavefed", "im"))
        .addFeature(Namespaces.INFO)
        .addFeature(Namespaces.ITEMS)
        .addFeature(Namespaces.PING)
        .build();
  }

  private void send(Stanza answer) {
    try {
      link.send(answer);
    } catch (FederationException e) {
      // Nobody waits for it here; whoever asked will ask again.
      return;
    }
  }
}
