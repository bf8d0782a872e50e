// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;
import org.wavefed.transport.FailureReason;
import org.wavefed.xmpp.xml.Element;

/** Stanzas between XML and typed form. Stateless. */
public final class StanzaCodec {
  private StanzaCodec() {}

  /** Reads a stanza that stands alone in a text. */
  public static ParsedStanza read(String xml) {
    try {
      return read(Elements.parse(xml));
    } catch (BadStanzaException e) {
      return withoutAnswer(e.reason(), e.text());
    }
  }

  /** Reads a stanza. */
  public static ParsedStanza read(Element element) {
    StanzaHeader header;
    try {
      header = header(element);
    } catch (BadStanzaException e) {
      return withoutAnswer(e.reason(), e.text());
    }
    try {
      return new ParsedStanza.Accepted(new Stanza(header, payload(header, element)));
    } catch (BadStanzaException e) {
      return refuse(header, e.reason(), e.text());
    }
  }

  /** Refuses a stanza of which only the envelope is known. */
  public static ParsedStanza refuse(Element envelope, FailureReason reason, String text) {
    try {
      return refuse(header(envelope), reason, text);
    } catch (BadStanzaException e) {
      return withoutAnswer(reason, text);
    }
  }

  /** Writes a stanza. */
  public static Element write(Stanza stanza) {
    StanzaHeader header = stanza.header();
    return Element.of(Element.STANZAS, header.kind().element())
        .with("type", header.type())
        .with("id", header.id())
        .with("from", header.from().map(Jid::toString))
        .with("to", header.to().map(Jid::toString))
        .with("xml:lang", header.lang())
        .withChildren(content(stanza.payload()));
  }

  private static ParsedStanza refuse(StanzaHeader header, FailureReason reason, String text) {
    boolean answer = header.isRequest() && header.from().isPresent() && header.id().isPresent();
    return new ParsedStanza.Refused(
        Optional.of(header),
        reason,
        text,
        answer ? Optional.of(StanzaErrors.answer(header, reason, text)) : Optional.empty());
  }

  private static ParsedStanza withoutAnswer(FailureReason reason, String text) {
    return new ParsedStanza.Refused(Optional.empty(), reason, text, Optional.empty());
  }

  private static StanzaHeader header(Element element) throws BadStanzaException {
    StanzaHeader.Kind kind =
        element.is(Element.STANZAS, "iq")
            ? StanzaHeader.Kind.IQ
            : element.is(Element.STANZAS, "message") ? StanzaHeader.Kind.MESSAGE : null;
    if (kind == null) {
      throw new BadStanzaException("a wave service takes no <" + element.name() + ">");
    }
    return new StanzaHeader(
        kind,
        element.attribute("type"),
        element.attribute("id"),
        address(element, "from"),
        address(element, "to"),
        element.attribute("xml:lang"));
  }

  private static Optional<Jid> address(Element element, String attribute)
      throws BadStanzaException {
    Optional<String> text = element.attribute(attribute);
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(JidCreate.from(text.get()));
    } catch (XmppStringprepException | IllegalArgumentException e) {
      throw new BadStanzaException("'%s' is no address: %s".formatted(text.get(), attribute));
    }
  }

  private static Payload payload(StanzaHeader header, Element element) throws BadStanzaException {
    if (header.isType("error")) {
      return failure(element);
    }
    return header.kind() == StanzaHeader.Kind.IQ ? IqXml.read(element) : MessageXml.read(element);
  }

  private static Payload failure(Element element) throws BadStanzaException {
    Element error = Fields.child(element, Element.STANZAS, "error");
    List<Element> echoed = new ArrayList<>(element.children());
    echoed.remove(error);
    return new Payload.Failure(error, echoed);
  }

  private static List<Element> content(Payload payload) {
    if (payload instanceof Payload.Request request) {
      return IqXml.write(request);
    } else if (payload instanceof Payload.Answer answer) {
      return IqXml.write(answer);
    } else if (payload instanceof Payload.Update update) {
      return MessageXml.write(update);
    } else if (payload instanceof Payload.WavePing ping) {
      return MessageXml.write(ping);
    } else if (payload instanceof Payload.Receipt receipt) {
      return MessageXml.write(receipt);
    }
    Payload.Failure failure = (Payload.Failure) payload;
    List<Element> all = new ArrayList<>(failure.echoed());
    all.add(failure.error());
    return all;
  }
}
