// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.util.Locale;
import java.util.Optional;
import org.wavefed.xmpp.xml.Element;

/** Whose stanzas go to whom: the domain parts of their addresses, lower case. */
record Pair(String from, String to) {
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
