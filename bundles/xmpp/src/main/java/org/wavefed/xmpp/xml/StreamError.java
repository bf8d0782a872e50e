// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.xml;

import java.util.Optional;

/**
 * A stream error (RFC 6120, section 4.9): the stream ends with it.
 *
 * @param condition the name of the defined condition, such as {@code not-authorized}
 * @param text what a person may want to know
 */
public record StreamError(String condition, String text) {
  /** The namespace of the stream's own elements. */
  public static final String STREAMS = "http://etherx.jabber.org/streams";

  private static final String CONDITIONS = "urn:ietf:params:xml:ns:xmpp-streams";

  /** Reads {@code <stream:error/>}; empty if the element is another one. */
  public static Optional<StreamError> read(Element element) {
    if (!element.is(STREAMS, "error")) {
      return Optional.empty();
    }
    String condition =
        element.children().stream()
            .filter(child -> child.namespace().equals(CONDITIONS) && !child.name().equals("text"))
            .findFirst()
            .map(Element::name)
            .orElse("undefined-condition");
    String text = element.child(CONDITIONS, "text").map(Element::text).orElse("");
    return Optional.of(new StreamError(condition, text));
  }

  /** The XML of the error, as it stands in a stream with the usual prefix. */
  public String toXml() {
    Element named = Element.of(CONDITIONS, condition);
    Element words = Element.of(CONDITIONS, "text").with("xml:lang", "en").withText(text);
    return "<stream:error>" + named + words + "</stream:error>";
  }

  @Override
  public String toString() {
    return text.isEmpty() ? condition : condition + ": " + text;
  }
}
