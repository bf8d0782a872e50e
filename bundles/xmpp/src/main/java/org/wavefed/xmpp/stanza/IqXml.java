// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import java.util.List;
import org.wavefed.transport.FailureReason;
import org.wavefed.xmpp.xml.Element;

/** What iqs of type get, set and result carry. */
final class IqXml {
  private IqXml() {}

  static Payload read(Element iq) throws BadStanzaException {
    String type = iq.attribute("type").orElse("");
    if (iq.attribute("id").isEmpty()) {
      throw new BadStanzaException("an iq needs an id");
    }
    return switch (type) {
      case "get", "set" -> readRequest(onlyChild(iq), type);
      case "result" -> iq.children().isEmpty() ? new Payload.Empty() : readResult(onlyChild(iq));
      default -> throw new BadStanzaException("an iq must be of type get, set, result or error");
    };
  }

  private static Payload readRequest(Element child, String type) throws BadStanzaException {
    boolean get = type.equals("get");
    if (child.is(Namespaces.PUBSUB, "pubsub")) {
      return get ? PubSubXml.readGet(child) : PubSubXml.readSet(child);
    } else if (get && isDisco(child)) {
      return DiscoXml.readQuery(child);
    } else if (get && child.is(Namespaces.PING, "ping")) {
      return new Payload.Ping();
    }
    throw new BadStanzaException(
        FailureReason.REFUSED,
        "a wave service has no answer to <%s xmlns='%s'>"
            .formatted(child.name(), child.namespace()));
  }

  private static Payload readResult(Element child) throws BadStanzaException {
    if (child.is(Namespaces.PUBSUB, "pubsub")) {
      return PubSubXml.readResult(child);
    } else if (isDisco(child)) {
      return DiscoXml.readAnswer(child);
    }
    throw new BadStanzaException(
        "unknown answer <%s xmlns='%s'>".formatted(child.name(), child.namespace()));
  }

  private static Element onlyChild(Element iq) throws BadStanzaException {
    List<Element> children = iq.children();
    if (children.size() != 1) {
      throw new BadStanzaException("an iq needs exactly one child, not " + children.size());
    }
    return children.get(0);
  }

  private static boolean isDisco(Element child) {
    return child.is(Namespaces.INFO, "query") || child.is(Namespaces.ITEMS, "query");
  }

  static List<Element> write(Payload.Request request) {
    if (request instanceof Payload.ItemsQuery query) {
      return List.of(Element.of(Namespaces.ITEMS, "query").with("node", query.node()));
    } else if (request instanceof Payload.InfoQuery query) {
      return List.of(Element.of(Namespaces.INFO, "query").with("node", query.node()));
    } else if (request instanceof Payload.WaveRequest wave) {
      return List.of(PubSubXml.write(wave));
    }
    return List.of(Element.of(Namespaces.PING, "ping"));
  }

  static List<Element> write(Payload.Answer answer) {
    if (answer instanceof Payload.Items items) {
      return List.of(DiscoXml.write(items.items()));
    } else if (answer instanceof Payload.Info info) {
      return List.of(DiscoXml.write(info.info()));
    } else if (answer instanceof Payload.SubmitResult submit) {
      return List.of(PubSubXml.write(submit.result()));
    } else if (answer instanceof Payload.History history) {
      return List.of(PubSubXml.write(history.history()));
    } else if (answer instanceof Payload.Signer signer) {
      return List.of(PubSubXml.write(signer.signer()));
    } else if (answer instanceof Payload.SignerPosted) {
      return List.of(PubSubXml.writeSignerPosted());
    }
    return List.of();
  }
}
