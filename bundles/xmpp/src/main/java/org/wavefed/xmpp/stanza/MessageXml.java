// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.WaveletUpdate;
import org.wavefed.xmpp.xml.Element;

/** What messages carry: updates, wave pings, receipts. */
final class MessageXml {
  private static final String EVENT = Namespaces.EVENT;

  private MessageXml() {}

  static Payload read(Element message) throws BadStanzaException {
    Optional<Element> received = message.child(Namespaces.RECEIPTS, "received");
    if (received.isPresent()) {
      return new Payload.Receipt(received.get().attribute("id"));
    }
    boolean receiptWanted = message.child(Namespaces.RECEIPTS, "request").isPresent();
    if (receiptWanted && message.attribute("id").isEmpty()) {
      throw new BadStanzaException("a message that asks for a receipt needs an id");
    }
    if (message.child(Namespaces.WAVE, "ping").isPresent()) {
      return new Payload.WavePing(receiptWanted);
    }
    Optional<Element> event = message.child(EVENT, "event");
    if (event.isEmpty()) {
      throw new BadStanzaException(
          FailureReason.REFUSED, "a wave service takes no messages of this kind");
    }
    return new Payload.Update(readUpdates(event.get()), receiptWanted);
  }

  private static List<WaveletUpdate> readUpdates(Element event) throws BadStanzaException {
    List<WaveletUpdate> updates = new ArrayList<>();
    Element items = Fields.onlyChild(event, EVENT, "items");
    for (Element item : items.children(EVENT, "item").toList()) {
      for (Element update : item.children(Namespaces.WAVE, "wavelet-update").toList()) {
        updates.add(WaveletXml.readUpdate(update));
      }
    }
    if (updates.isEmpty()) {
      throw new BadStanzaException("the event has no <wavelet-update>");
    }
    return updates;
  }

  static List<Element> write(Payload.Update update) {
    List<Element> items =
        update.updates().stream()
            .map(one -> Element.of(EVENT, "item", WaveletXml.write(one)))
            .toList();
    Element event = Element.of(EVENT, "event", Element.of(EVENT, "items").withChildren(items));
    return withRequest(update.receiptWanted(), event);
  }

  static List<Element> write(Payload.WavePing ping) {
    return withRequest(ping.receiptWanted(), Element.of(Namespaces.WAVE, "ping"));
  }

  static List<Element> write(Payload.Receipt receipt) {
    return List.of(Element.of(Namespaces.RECEIPTS, "received").with("id", receipt.receivedId()));
  }

  private static List<Element> withRequest(boolean receiptWanted, Element content) {
    return receiptWanted
        ? List.of(Element.of(Namespaces.RECEIPTS, "request"), content)
        : List.of(content);
  }
}
