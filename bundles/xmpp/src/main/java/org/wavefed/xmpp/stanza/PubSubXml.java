// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import java.util.List;
import java.util.Optional;
import org.wavefed.xmpp.xml.Element;

/**
 * The pubsub wrapping of requests and answers. Requests name a node, answers do not, but for the
 * answer to a posted signer, which names it on the item.
 */
final class PubSubXml {
  private static final String PUBSUB = Namespaces.PUBSUB;
  private static final String WAVE = Namespaces.WAVE;
  private static final String WAVELET = "wavelet";
  private static final String SIGNER = "signer";

  private PubSubXml() {}

  static Payload.Request readGet(Element pubsub) throws BadStanzaException {
    Element items = Fields.onlyChild(pubsub, PUBSUB, "items");
    return switch (Fields.string(items, "node")) {
      case WAVELET ->
          new Payload.HistoryRequest(
              WaveletXml.readHistoryRequest(Fields.onlyChild(items, WAVE, "delta-history")));
      case SIGNER ->
          new Payload.SignerRequest(
              SignerXml.readRequest(Fields.onlyChild(items, WAVE, "signer-request")));
      default -> throw unknownNode(items);
    };
  }

  static Payload.Request readSet(Element pubsub) throws BadStanzaException {
    Element publish = Fields.onlyChild(pubsub, PUBSUB, "publish");
    String node = Fields.string(publish, "node");
    Element item = Fields.onlyChild(publish, PUBSUB, "item");
    return switch (node) {
      case WAVELET -> WaveletXml.readSubmit(Fields.onlyChild(item, WAVE, "submit-request"));
      case SIGNER ->
          new Payload.PostSigner(
              SignerXml.readSignature(Fields.onlyChild(item, WAVE, "signature")));
      default -> throw unknownNode(publish);
    };
  }

  static Payload.Answer readResult(Element pubsub) throws BadStanzaException {
    Optional<Element> publish = pubsub.child(PUBSUB, "publish");
    return publish.isPresent()
        ? readPublished(Fields.onlyChild(publish.get(), PUBSUB, "item"))
        : readItems(Fields.onlyChild(pubsub, PUBSUB, "items"));
  }

  private static Payload.Answer readPublished(Element item) throws BadStanzaException {
    if (item.child(WAVE, "signature-response").isPresent()) {
      return new Payload.SignerPosted();
    }
    return new Payload.SubmitResult(
        WaveletXml.readSubmitResult(Fields.onlyChild(item, WAVE, "submit-response")));
  }

  private static Payload.Answer readItems(Element items) throws BadStanzaException {
    Optional<Element> signature = items.child(WAVE, "signature");
    return signature.isPresent()
        ? new Payload.Signer(SignerXml.readSignature(signature.get()))
        : new Payload.History(WaveletXml.readHistory(items.children(PUBSUB, "item").toList()));
  }

  static Element write(Payload.WaveRequest request) {
    if (request instanceof Payload.Submit submit) {
      return publish(item(WaveletXml.write(submit)), WAVELET);
    } else if (request instanceof Payload.PostSigner post) {
      return publish(item(SignerXml.write(post.signer())), SIGNER);
    } else if (request instanceof Payload.SignerRequest asked) {
      return items(List.of(SignerXml.write(asked.request())), Optional.of(SIGNER));
    }
    Payload.HistoryRequest history = (Payload.HistoryRequest) request;
    return items(List.of(WaveletXml.write(history.request())), Optional.of(WAVELET));
  }

  static Element write(org.wavefed.transport.History history) {
    return items(
        WaveletXml.write(history).stream().map(PubSubXml::item).toList(), Optional.empty());
  }

  static Element write(org.wavefed.crypto.SignerInfo signer) {
    return items(List.of(SignerXml.write(signer)), Optional.empty());
  }

  static Element write(org.wavefed.transport.SubmitResult result) {
    return pubsub(Element.of(PUBSUB, "publish", item(WaveletXml.write(result))));
  }

  static Element writeSignerPosted() {
    Element item = item(Element.of(WAVE, "signature-response")).with("node", SIGNER);
    return pubsub(Element.of(PUBSUB, "publish", item));
  }

  private static Element publish(Element item, String node) {
    return pubsub(Element.of(PUBSUB, "publish", item).with("node", node));
  }

  private static Element items(List<Element> content, Optional<String> node) {
    return pubsub(Element.of(PUBSUB, "items").with("node", node).withChildren(content));
  }

  private static Element item(Element content) {
    return Element.of(PUBSUB, "item", content);
  }

  private static Element pubsub(Element content) {
    return Element.of(PUBSUB, "pubsub", content);
  }

  private static BadStanzaException unknownNode(Element element) {
    return new BadStanzaException(
        "node of <%s> must be '%s' or '%s'".formatted(element.name(), WAVELET, SIGNER));
  }
}
