// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.transport.History;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.SubmitResult;
import org.wavefed.transport.WaveletUpdate;
import org.wavefed.xmpp.xml.Element;

/** Updates, submits and history: everything that carries deltas or versions. */
final class WaveletXml {
  private static final String WAVE = Namespaces.WAVE;

  private WaveletXml() {}

  static Element base64(String name, Bytes content) {
    return Element.of(WAVE, name).withText(content.toBase64());
  }

  // Updates

  static WaveletUpdate readUpdate(Element update) throws BadStanzaException {
    Optional<Element> notice = update.child(WAVE, "commit-notice");
    Optional<HashedVersion> committed = Optional.empty();
    if (notice.isPresent()) {
      committed = Optional.of(Fields.version(notice.get(), "version", "history-hash"));
    }
    return new WaveletUpdate(
        Fields.wavelet(update),
        contents(update.children(WAVE, "applied-delta").toList()),
        committed);
  }

  static Element write(WaveletUpdate update) {
    List<Element> children = new ArrayList<>();
    update.appliedDeltas().forEach(delta -> children.add(base64("applied-delta", delta)));
    update
        .committed()
        .map(
            version ->
                Fields.withVersion(
                    Element.of(WAVE, "commit-notice"), "version", "history-hash", version))
        .ifPresent(children::add);
    return Element.of(WAVE, "wavelet-update")
        .with("wavelet-name", update.wavelet().toUri())
        .withChildren(children);
  }

  // Submits

  static Payload.Submit readSubmit(Element request) throws BadStanzaException {
    Element delta = Fields.onlyChild(request, WAVE, "delta");
    return new Payload.Submit(Fields.wavelet(delta), Fields.content(delta));
  }

  static Element write(Payload.Submit submit) {
    return Element.of(
        WAVE,
        "submit-request",
        base64("delta", submit.signedDelta()).with("wavelet-name", submit.wavelet().toUri()));
  }

  static SubmitResult readSubmitResult(Element response) throws BadStanzaException {
    return new SubmitResult(
        Fields.smallNumber(response, "operations-applied"),
        Fields.version(Fields.child(response, WAVE, "hashed-version"), "version", "history-hash"),
        Fields.number(response, "application-timestamp"));
  }

  static Element write(SubmitResult result) {
    Element version =
        Element.of(WAVE, "hashed-version")
            .with("history-hash", result.resulting().historyHash().toBase64())
            .with("version", Long.toString(result.resulting().version()));
    return Element.of(WAVE, "submit-response", version)
        .with("application-timestamp", Long.toString(result.applicationTimestamp()))
        .with("operations-applied", Integer.toString(result.operationsApplied()));
  }

  // History

  static HistoryRequest readHistoryRequest(Element request) throws BadStanzaException {
    return new HistoryRequest(
        Fields.wavelet(request),
        Fields.version(request, "start-version", "start-version-hash"),
        Fields.version(request, "end-version", "end-version-hash"),
        optionalNumber(request, "response-length-limit"));
  }

  static Element write(HistoryRequest request) {
    Element element =
        Element.of(WAVE, "delta-history").with("wavelet-name", request.wavelet().toUri());
    element = Fields.withVersion(element, "start-version", "start-version-hash", request.start());
    element = Fields.withVersion(element, "end-version", "end-version-hash", request.end());
    return request.lengthLimit().isPresent()
        ? element.with("response-length-limit", Long.toString(request.lengthLimit().getAsLong()))
        : element;
  }

  static History readHistory(List<Element> items) throws BadStanzaException {
    List<Bytes> deltas = new ArrayList<>();
    OptionalLong committed = OptionalLong.empty();
    OptionalLong truncated = OptionalLong.empty();
    for (Element item : items) {
      for (Element part : item.children()) {
        if (part.is(WAVE, "applied-delta")) {
          deltas.add(Fields.content(part));
        } else if (part.is(WAVE, "commit-notice")) {
          committed = OptionalLong.of(Fields.number(part, "version"));
        } else if (part.is(WAVE, "history-truncated")) {
          truncated = OptionalLong.of(Fields.number(part, "version"));
        } else {
          throw new BadStanzaException("unexpected <" + part.name() + "> in a history response");
        }
      }
    }
    return new History(deltas, committed, truncated);
  }

  static List<Element> write(History history) {
    List<Element> parts = new ArrayList<>();
    history.appliedDeltas().forEach(delta -> parts.add(base64("applied-delta", delta)));
    history.committed().ifPresent(version -> parts.add(mark("commit-notice", version)));
    history.truncatedAt().ifPresent(version -> parts.add(mark("history-truncated", version)));
    return parts;
  }

  private static Element mark(String name, long version) {
    return Element.of(WAVE, name).with("version", Long.toString(version));
  }

  private static OptionalLong optionalNumber(Element element, String attribute)
      throws BadStanzaException {
    return element.attribute(attribute).isPresent()
        ? OptionalLong.of(Fields.number(element, attribute))
        : OptionalLong.empty();
  }

  private static List<Bytes> contents(List<Element> elements) throws BadStanzaException {
    List<Bytes> contents = new ArrayList<>(elements.size());
    for (Element element : elements) {
      contents.add(Fields.content(element));
    }
    return contents;
  }
}
