// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.StreamError;

/** Whose stanzas go to whom: the domain parts of their addresses, lower case. */
record Pair(String from, String to) {
  private static final Set<String> STANZAS = Set.of("message", "presence", "iq");

  /** The pair the other way round. */
  Pair reversed() {
    return new Pair(to, from);
  }

  /** The pair in the attributes of an element. */
  static Optional<Pair> of(Element element) {
    return element
        .attribute("from")
        .flatMap(from -> element.attribute("to").map(to -> new Pair(domain(from), domain(to))));
  }

  /** Whether an element is from and to these two. */
  boolean isOf(Element element) {
    return of(element).filter(this::equals).isPresent();
  }

  /**
   * What ends the stream of these two on which something comes (RFC 6120, 4.9.3.7, 4.9.3.9 and
   * 4.9.3.24); empty if it is a stanza from the one to the other.
   */
  Optional<StreamError> fault(Element element) {
    if (!element.namespace().equals(Element.STANZAS) || !STANZAS.contains(element.name())) {
      return Optional.of(
          new StreamError("unsupported-stanza-type", "it sent something that is no stanza"));
    } else if (of(element).isEmpty()) {
      return Optional.of(
          new StreamError("improper-addressing", "a stanza has no 'from', or no 'to'"));
    }
    return isOf(element)
        ? Optional.empty()
        : Optional.of(
            new StreamError("invalid-from", "a stanza is not from " + from + " to " + to));
  }

  static String domain(String address) {
    int slash = address.indexOf('/');
    String bare = slash < 0 ? address : address.substring(0, slash);
    return bare.substring(bare.indexOf('@') + 1).toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return from + " -> " + to;
  }
}
